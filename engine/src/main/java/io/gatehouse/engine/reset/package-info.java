/** Moves a group to other offsets, and its memory with it: as an owner of all partitions, in one transaction. */
package io.gatehouse.engine.reset;
