/** Where an address is: its category, and its place from a table of ranges. */
package io.gatehouse.core.geo;
