/** Properties that must hold for any bytes whatever, and the fuzzer that looks for bytes for which they do not. */
package io.gatehouse.lab.fuzz;
