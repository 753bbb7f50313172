package io.gatehouse.engine.reset;

import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.OffsetMark;
import io.gatehouse.engine.worker.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** All partitions of a group's topic, held by a reset that is the group's only member, and where each of them stands. */
final class Ownership {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Group group;
    private final String name;
    private final Cluster.Topic topic;
    private final List<Standing> standings;
    private final Listener listener = new Listener();
    private Consumer<byte[], ?> member;

    /**
     * @param name the topic that the group reads
     * @param topic as it is now
     * @param state the topic with its journals; null where there are none by design
     * @param journals partitions of that topic
     * @param isRouted whether the group routes
     */
    Ownership(
            Group group,
            String name,
            Cluster.Topic topic,
            String state,
            int journals,
            boolean isRouted,
            Destination destination) {
        this.group = group;
        this.name = name;
        this.topic = topic;
        this.standings = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new Standing(
                        new TopicPartition(name, partition),
                        state == null ? null : new TopicPartition(state, partition),
                        state != null && partition < journals,
                        isRouted,
                        group.cluster(),
                        destination))
                .toList();
    }

    Group group() {
        return group;
    }

    String name() {
        return name;
    }

    Cluster.Topic topic() {
        return topic;
    }

    List<Standing> standings() {
        return standings;
    }

    /**
     * Joins, or hears what the group has decided since.
     *
     * @return true when all partitions are ours: whoever joins now has to wait for them
     * @throws Refusal when somebody else has joined after that
     */
    boolean hold() {
        if (member == null) {
            member = group.clients().inputConsumer(group.id() + "-reset");
            member.subscribe(List.of(name), listener);
        }
        member.poll(POLL);
        if (listener.isBroken) {
            throw joinedMeanwhile();
        }
        listener.isWhole |= member.assignment().size() == topic.partitions();
        return listener.isWhole;
    }

    boolean isHeld() {
        return listener.isWhole;
    }

    Refusal joinedMeanwhile() {
        return new Refusal("another member has joined the group " + group.id()
                + " meanwhile. Stop all instances and try again. Nothing was changed.");
    }

    ConsumerGroupMetadata membership() {
        return member.groupMetadata();
    }

    /** What a reset does to each partition that it concerns. */
    List<PartitionMove> moves(Destination where, boolean everything) {
        List<PartitionMove> moves = new ArrayList<>();
        for (Standing standing : standings) {
            PartitionMove move = standing.move(topic, where, everything);
            if (move != null) {
                moves.add(move);
            }
        }
        return moves;
    }

    /** Whether it cannot be told of some partition how far the group had come. Those added since had not been begun. */
    boolean hasLostItsPlace() {
        int known = standings.stream()
                .flatMap(standing -> standing.mark(topic).stream())
                .mapToInt(OffsetMark::partitions)
                .max()
                .orElse(topic.partitions());
        return standings.stream()
                .filter(standing -> standing.hasOffset() || standing.input().partition() < known)
                .anyMatch(standing -> standing.mark(topic).isEmpty());
    }

    boolean hasOthersJournals() {
        return !standings.stream().allMatch(standing -> standing.belongsTo(topic));
    }

    /** Leaves the group. */
    void close(Duration timeout) {
        if (member != null) {
            member.close(CloseOptions.timeout(timeout));
        }
    }

    /** What the group says of our partitions. */
    private final class Listener implements ConsumerRebalanceListener {
        private boolean isWhole;
        private boolean isBroken;

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Nothing is read of them, and there may be no offset to begin at.
            member.pause(partitions);
            partitions.forEach(input -> member.seek(input, 0));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            isBroken |= isWhole;
        }
    }
}
