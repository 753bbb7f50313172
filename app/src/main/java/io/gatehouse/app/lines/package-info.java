/** The core without Kafka: JSON lines in, processed lines out. */
package io.gatehouse.app.lines;
