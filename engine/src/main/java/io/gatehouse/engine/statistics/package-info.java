/** Reading back what all instances publish as statistics. */
package io.gatehouse.engine.statistics;
