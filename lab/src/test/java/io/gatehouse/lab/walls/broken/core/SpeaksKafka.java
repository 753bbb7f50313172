package io.gatehouse.lab.walls.broken.core;

import org.apache.kafka.common.TopicPartition;

final class SpeaksKafka {
    TopicPartition partition;
}
