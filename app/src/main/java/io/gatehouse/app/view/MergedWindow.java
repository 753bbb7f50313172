package io.gatehouse.app.view;

/**
 * A window of all partitions together.
 *
 * @param endMs the first moment after it
 * @param partitions in how many of them something was counted
 */
record MergedWindow<M>(long startMs, long endMs, int partitions, M counts) {}
