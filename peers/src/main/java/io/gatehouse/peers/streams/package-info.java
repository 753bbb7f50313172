/** The job on Kafka Streams; and Gatehouse's core in Kafka Streams, which tells what the engine around it is worth. */
package io.gatehouse.peers.streams;
