package io.gatehouse.reference;

import io.gatehouse.reference.Checker.Record;
import java.util.HashMap;
import java.util.Map;

/** Records that are judged one after another: those of a partition of the topic that users are judged from. */
final class Lane {
    final int partition;
    final ReferenceJudge judge;
    final Order order;
    /** Records whose turn has not come, by position. */
    private final Map<Long, Record> early = new HashMap<>();

    private long length;
    private long judged;

    Lane(int partition, ReferenceJudge judge, Order order) {
        this.partition = partition;
        this.judge = judge;
        this.order = order;
    }

    /** The position of a record that goes behind all others. */
    long append() {
        return length++;
    }

    /** Brings the record that belongs at a position. */
    void put(long position, Record record) {
        early.put(position, record);
    }

    /** The record whose turn it is; null when it has not been brought. */
    Record next() {
        Record next = early.remove(judged);
        judged += next == null ? 0 : 1;
        return next;
    }

    /** How many records have had their turn. */
    long judged() {
        return judged;
    }

    /** How many positions there are. */
    long length() {
        return length;
    }
}
