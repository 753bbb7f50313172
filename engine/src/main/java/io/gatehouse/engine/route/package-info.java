/** Where a re-keyed login came from, and whether an input needs re-keying at all. */
package io.gatehouse.engine.route;
