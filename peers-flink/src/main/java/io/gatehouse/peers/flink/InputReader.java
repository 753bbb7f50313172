package io.gatehouse.peers.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.kafka.shaded.org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.flink.util.Collector;

/** Takes records from Kafka as they are: what they say is looked at where their users are known. */
final class InputReader implements KafkaRecordDeserializationSchema<InputRecord> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<InputRecord> out) {
        out.collect(new InputRecord(
                record.key(),
                record.value(),
                record.headers(),
                record.partition(),
                record.offset(),
                record.timestamp()));
    }

    @Override
    public TypeInformation<InputRecord> getProducedType() {
        return new RecordType<>(InputRecord.class, new InputRecordSerializer());
    }
}
