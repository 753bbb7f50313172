/** A worker's duty cycle: poll, judge, send, commit, and everything that can happen to a transaction in between. */
package io.gatehouse.engine.worker;
