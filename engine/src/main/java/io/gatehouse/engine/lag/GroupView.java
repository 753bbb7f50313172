package io.gatehouse.engine.lag;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer group at one moment.
 *
 * @param state Kafka's word for it in lower case, for example {@code stable}; {@code none} when there is no such group
 */
public record GroupView(String id, String state, List<GroupMember> members) {
    /** Who owns what, in words. */
    Map<TopicPartition, String> owners() {
        Map<TopicPartition, String> owners = new HashMap<>();
        members.forEach(member -> member.partitions()
                .forEach(partition -> owners.put(partition, member.clientId() + " at " + member.host())));
        return owners;
    }

    boolean owns(String topic) {
        return members.stream()
                .flatMap(member -> member.partitions().stream())
                .anyMatch(partition -> partition.topic().equals(topic));
    }
}
