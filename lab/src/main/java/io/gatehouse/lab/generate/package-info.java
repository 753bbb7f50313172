/** Seeded login traffic, good and bad, as an endless stream; and sending it to Kafka or to a file. */
package io.gatehouse.lab.generate;
