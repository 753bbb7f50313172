/** The job on Spring for Apache Kafka, as services are often written: at least once, with what is known in memory. */
package io.gatehouse.peers.spring;
