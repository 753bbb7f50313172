/** Clients that take a server's time and give nothing for it. */
package io.gatehouse.lab.crowd;
