/** {@code gatehouse dlq}: dead letters looked at, counted, sent back and taken away, on a terminal or for scripts. */
package io.gatehouse.app.dlq;
