/** Everything in one process: broker, traffic and pipeline, with what they do told on the terminal. */
package io.gatehouse.lab.demo;
