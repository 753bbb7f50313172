package io.gatehouse.engine.topic;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes topics that may be written to at once. */
public final class NewTopics {
    private static final long KNOWN_WITHIN_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long ASKED_EVERY_MS = 20;

    private NewTopics() {}

    /**
     * Makes topics, and returns when the leader of each partition answers for it.
     *
     * <p>A broker tells of a new topic a moment before it takes records for it. A producer that is idempotent and not
     * transactional must not begin in that moment: its first batch is refused, the one behind it is taken, and from then on
     * the first is out of order, until its delivery timeout.
     *
     * @param topics each with its partition count
     * @throws ExecutionException when one of them cannot be made, or is there
     */
    public static void create(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        admin.createTopics(topics).all().get();
        List<String> names = topics.stream().map(NewTopic::name).toList();
        Map<TopicPartition, OffsetSpec> ends = topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                        .mapToObj(number -> new TopicPartition(topic.name(), number)))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        long deadlineNs = System.nanoTime() + KNOWN_WITHIN_NS;
        while (true) {
            try {
                admin.describeTopics(names).allTopicNames().get();
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                // The broker that was asked has not heard of them yet.
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - deadlineNs > 0) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(ASKED_EVERY_MS);
        }
    }
}
