/** Reads a pipeline's topics back and holds them against the contract. */
package io.gatehouse.lab.check;
