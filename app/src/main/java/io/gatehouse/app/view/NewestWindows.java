package io.gatehouse.app.view;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The newest windows of one kind, with what each partition last said of them. A window is merged when it is first asked for
 * after a change: most are over, and do not change any more.
 *
 * @param <P> what a partition says of a window
 * @param <M> what a window is when its partitions are merged
 */
final class NewestWindows<P extends PublishedRecord, M> {
    /** Windows that are kept: the newest, and those that start less than so many lengths before it. */
    static final int MOST = 60;

    /** Of records' values; in memory they take some times as much. Beyond it the oldest windows are dropped. */
    private static final long MOST_BYTES = 32 << 20;

    private static final long NONE = -1;

    private final class Window {
        private final Map<Integer, Held<P>> parts = new TreeMap<>();
        private MergedWindow<M> merged;

        private MergedWindow<M> merged(long startMs) {
            if (merged == null) {
                List<P> records = parts.values().stream().map(Held::record).toList();
                merged = new MergedWindow<>(startMs, endMs(startMs), records.size(), merger.apply(records));
            }
            return merged;
        }

        private long endMs(long startMs) {
            return parts.values().stream()
                    .map(Held::record)
                    .mapToLong(endOf)
                    .max()
                    .orElse(startMs);
        }

        private long bytes() {
            return parts.values().stream().mapToLong(Held::bytes).sum();
        }
    }

    private final long lengthMs;
    private final ToLongFunction<P> endOf;
    private final Function<Collection<P>, M> merger;
    private final TreeMap<Long, Window> windows = new TreeMap<>();
    private long bytes;
    private long dropped = NONE;

    /**
     * @param lengthMs of the windows, as configured; records may tell of others
     * @param merger adds up what partitions say of a window
     */
    NewestWindows(long lengthMs, ToLongFunction<P> endOf, Function<Collection<P>, M> merger) {
        this.lengthMs = lengthMs;
        this.endOf = endOf;
        this.merger = merger;
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Whether a window that starts then is not kept any more. */
    boolean isOver(long startMs) {
        return startMs <= dropped || !windows.isEmpty() && startMs <= windows.lastKey() - MOST * lengthMs;
    }

    /**
     * Keeps what a partition says of a window, unless that is over or something later is kept already.
     *
     * @return whether it is kept
     */
    boolean put(long startMs, Held<P> part) {
        Held<P> before = before(startMs, part.record().partition());
        if (isOver(startMs) || before != null && !part.replaces(before)) {
            return false;
        }
        Window window = windows.computeIfAbsent(startMs, any -> new Window());
        window.parts.put(part.record().partition(), part);
        window.merged = null;
        bytes += part.bytes() - (before == null ? 0 : before.bytes());
        dropOldest();
        return true;
    }

    /** What the partition said of the window before; null for nothing. */
    Held<P> before(long startMs, int partition) {
        Window window = windows.get(startMs);
        return window == null ? null : window.parts.get(partition);
    }

    private void dropOldest() {
        Iterator<Map.Entry<Long, Window>> oldest = windows.entrySet().iterator();
        for (int left = windows.size(); left > 1; left--) {
            Map.Entry<Long, Window> window = oldest.next();
            boolean isKept =
                    left <= MOST && bytes <= MOST_BYTES && window.getKey() > windows.lastKey() - MOST * lengthMs;
            if (isKept) {
                return;
            }
            bytes -= window.getValue().bytes();
            dropped = window.getKey();
            oldest.remove();
        }
    }

    /** The newest that has ended by then; empty for none. */
    Optional<MergedWindow<M>> newest(long endedByMs) {
        return windows.descendingMap().entrySet().stream()
                .filter(window -> window.getValue().endMs(window.getKey()) <= endedByMs)
                .findFirst()
                .map(window -> window.getValue().merged(window.getKey()));
    }

    /** Oldest first. */
    List<MergedWindow<M>> merged() {
        return windows.entrySet().stream()
                .map(window -> window.getValue().merged(window.getKey()))
                .toList();
    }
}
