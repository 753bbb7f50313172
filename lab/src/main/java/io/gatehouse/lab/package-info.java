/** What production does not ship: embedded broker, demo, generator, checker, benchmarks. */
package io.gatehouse.lab;
