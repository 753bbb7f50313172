package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.topic.NewTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real broker answers when it is asked for an offset that a transaction is about to move. */
@Timeout(60)
class PendingOffsetTest {
    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    private static final TopicPartition INPUT_0 = new TopicPartition("user-login", 0);
    private static final String GROUP = "gatehouse-route";

    @Test
    void anOffsetIsNotToldBeforeTheTransactionThatMovesItHasEnded() throws Exception {
        try (Cluster cluster = new KafkaCluster(kafka(), GROUP);
                Consumer<byte[], byte[]> member = member();
                Producer<byte[], byte[]> owner = owner()) {
            assertThat(cluster.committed(INPUT_0).get(30, TimeUnit.SECONDS)).isEmpty();

            owner.beginTransaction();
            owner.sendOffsetsToTransaction(Map.of(INPUT_0, new OffsetAndMetadata(7, "first")), member.groupMetadata());
            CompletableFuture<Optional<Cluster.Committed>> asked = cluster.committed(INPUT_0);
            assertThatThrownBy(() -> asked.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            owner.commitTransaction();
            assertThat(asked.get(30, TimeUnit.SECONDS)).contains(new Cluster.Committed(7, "first"));

            owner.beginTransaction();
            owner.sendOffsetsToTransaction(Map.of(INPUT_0, new OffsetAndMetadata(9, "second")), member.groupMetadata());
            CompletableFuture<Optional<Cluster.Committed>> askedAgain = cluster.committed(INPUT_0);
            assertThatThrownBy(() -> askedAgain.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            owner.abortTransaction();
            assertThat(askedAgain.get(30, TimeUnit.SECONDS)).contains(new Cluster.Committed(7, "first"));
        }
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", BROKER.bootstrap());
    }

    /** Alone in the group, and of no generation: the broker takes its word. */
    private static Consumer<byte[], byte[]> member() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER.bootstrap(), "group.id", GROUP),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Producer<byte[], byte[]> owner() throws Exception {
        try (Admin admin = Admin.create(kafka())) {
            NewTopics.create(admin, List.of(new NewTopic(INPUT_0.topic(), 1, (short) 1)));
        }
        Producer<byte[], byte[]> owner = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER.bootstrap(), "transactional.id", "gatehouse-owner"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        owner.initTransactions();
        return owner;
    }
}
