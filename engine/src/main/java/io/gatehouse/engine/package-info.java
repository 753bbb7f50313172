/** Kafka: poll, judge, produce, commit; own partitions, restore them, hand them over. */
package io.gatehouse.engine;
