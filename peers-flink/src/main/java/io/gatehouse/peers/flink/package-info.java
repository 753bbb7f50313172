/** The job on Apache Flink, in this process. */
package io.gatehouse.peers.flink;
