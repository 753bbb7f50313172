/** Counting what was judged: bounded, single-writer counters that merge when read. */
package io.gatehouse.core.tally;
