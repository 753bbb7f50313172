/** Faults made on purpose, to see that a pipeline bears them and that its alerts tell of them. */
package io.gatehouse.lab.fault;
