/** Finding and reading committed records outside any group: one by its place, or a stretch of a partition. */
package io.gatehouse.engine.lookup;
