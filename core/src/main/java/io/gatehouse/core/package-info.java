/** What a login becomes: bytes in, verdict out. No Kafka, no HTTP, no clock, no I/O, no logging. */
package io.gatehouse.core;
