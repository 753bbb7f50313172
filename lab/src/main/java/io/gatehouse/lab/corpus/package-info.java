/** Thousands of bad and odd records, each with what must become of it, and the run that sends them all through a live pipeline. */
package io.gatehouse.lab.corpus;
