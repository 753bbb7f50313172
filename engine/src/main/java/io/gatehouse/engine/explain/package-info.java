/** Finds all that there is to say of one input record. Reads only: no group, no transaction. */
package io.gatehouse.engine.explain;
