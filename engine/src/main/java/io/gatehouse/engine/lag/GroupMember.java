package io.gatehouse.engine.lag;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * A member of a consumer group.
 *
 * @param clientId as it calls itself; foreign text
 * @param host where it connects from, as Kafka tells it; foreign text
 */
public record GroupMember(String clientId, String host, List<TopicPartition> partitions) {}
