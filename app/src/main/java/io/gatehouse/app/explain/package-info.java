/** {@code gatehouse explain}: one record's way, told on a terminal. */
package io.gatehouse.app.explain;
