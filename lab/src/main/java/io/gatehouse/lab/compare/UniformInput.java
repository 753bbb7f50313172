package io.gatehouse.lab.compare;

import io.gatehouse.lab.bench.UniformLogins;
import io.gatehouse.lab.process.ProcessException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An input in which each user logs in once, in turn, and then users drawn uniformly: nothing is in a cache by chance. */
final class UniformInput {
    private static final int AT_A_TIME = 1_024;
    private static final long SEED = 1;

    private UniformInput() {}

    /**
     * Sends it all, keyed by user.
     *
     * @param more logins after those of each user in turn
     * @param addresses from which they come
     * @throws ProcessException when it cannot be sent
     */
    static void load(String bootstrap, String topic, int users, long more, long addresses) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        UniformLogins logins = new UniformLogins(SEED, users, addresses, AT_A_TIME);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        64 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long sent = 0; sent < users + more && failure.get() == null; ) {
                if (sent < users) {
                    logins.refillInTurn();
                } else {
                    logins.refill();
                }
                long phaseEnd = sent < users ? users : users + more;
                for (int i = 0; i < AT_A_TIME && sent < phaseEnd; i++) {
                    // The client copies both into its own buffers before it returns.
                    producer.send(new ProducerRecord<>(topic, logins.userId(i), logins.event(i)), (where, problem) -> {
                        if (problem != null) {
                            failure.compareAndSet(null, problem);
                        }
                    });
                    sent++;
                }
            }
        }
        if (failure.get() != null) {
            throw new ProcessException(
                    "the input could not be loaded: " + failure.get().getMessage(), failure.get());
        }
    }
}
