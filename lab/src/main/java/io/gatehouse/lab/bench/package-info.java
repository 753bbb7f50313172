/** Measures the core: time and memory of a login's judgement, beside what the machine's memory costs. */
package io.gatehouse.lab.bench;
