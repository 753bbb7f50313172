/** A real Kafka broker inside this process, so that demo, tests and measurements need nothing installed. */
package io.gatehouse.lab.broker;
