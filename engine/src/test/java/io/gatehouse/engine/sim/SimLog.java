package io.gatehouse.engine.sim;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** One partition's log: records, markers, and the transactions they belong to. */
final class SimLog {
    /** One offset. A marker has no transaction of its own and no value that a reader sees. */
    record Entry(
            SimTransaction transaction, byte[] key, byte[] value, Headers headers, long timestampMs, boolean marker) {}

    private final List<Entry> entries = new ArrayList<>();
    private long startOffset;

    long append(Entry entry) {
        entries.add(entry);
        return entries.size() - 1;
    }

    long startOffset() {
        return startOffset;
    }

    long endOffset() {
        return entries.size();
    }

    Entry at(long offset) {
        return entries.get((int) offset);
    }

    void trim(long beforeOffset) {
        startOffset = Math.max(startOffset, Math.min(beforeOffset, endOffset()));
    }

    /** The first offset of a transaction whose marker this log has not seen; the end when there is none. */
    long lastStableOffset() {
        for (long offset = startOffset; offset < endOffset(); offset++) {
            Entry entry = at(offset);
            if (entry.transaction() != null && !entry.transaction().isMarkedIn(this)) {
                return offset;
            }
        }
        return endOffset();
    }

    boolean isVisible(long offset) {
        Entry entry = at(offset);
        return !entry.marker()
                && (entry.transaction() == null || entry.transaction().isCommitted());
    }
}
