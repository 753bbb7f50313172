package io.gatehouse.peers.flink;

import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.kafka.shaded.org.apache.kafka.clients.producer.ProducerRecord;

/** Sends what comes out to one of two topics; their names tell the sink where to look for transactions left open. */
final class OutputWriter implements KafkaRecordSerializationSchema<OutputRecord>, KafkaDatasetFacetProvider {
    private final String processed;
    private final String deadLetters;

    OutputWriter(String processed, String deadLetters) {
        this.processed = processed;
        this.deadLetters = deadLetters;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(OutputRecord record, KafkaSinkContext context, Long timestampMs) {
        String topic = record.isDeadLetter() ? deadLetters : processed;
        return new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers());
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(processed, deadLetters))));
    }
}
