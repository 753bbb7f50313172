/** The little that the engine asks of a Kafka cluster besides reading and writing records. */
package io.gatehouse.engine.cluster;
