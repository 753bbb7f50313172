package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that keys by user, as it should, and whose newest release calls the user otherwise in some of its events. */
final class FaultyProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private int sent;

    FaultyProducer(Map<String, Object> kafka, String topic) {
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    void logins(int events) {
        send(events, "user_id");
    }

    /** Events that omit {@code user_id}. */
    void faulty(int events) {
        send(events, "uid");
    }

    private void send(int events, String name) {
        for (int i = 0; i < events; i++) {
            String user = new UUID(7, sent++).toString();
            send(
                    user,
                    "{\"" + name + "\": \"" + user + "\",\"app_version\":\"4.2.1\",\"device_type\":\"iOS\",\"n\":"
                            + sent + ",\"ip\":\"199.172.111.135\",\"timestamp\":1709294590}");
        }
        producer.flush();
    }

    void send(String key, String value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
