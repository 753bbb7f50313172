package io.gatehouse.core.tally;

import io.gatehouse.core.login.Reason;

/** The windows of record timestamps that a partition's dead letters are counted in, by reason. */
final class DeadLetterWindows {
    private static final Reason[] REASONS = Reason.values();
    /** How many were counted when the window was last published; reasons come before it. */
    private static final int PUBLISHED = REASONS.length;

    private final OpenWindows open;
    private final StatisticsRecords records;
    /** By slot; those not open are clear. */
    private final Counts[] windows = new Counts[OpenWindows.COUNT];

    DeadLetterWindows(long lengthMs, StatisticsRecords records) {
        this.open = new OpenWindows(lengthMs);
        this.records = records;
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new Counts(REASONS.length + 1);
        }
    }

    /**
     * Counts a dead letter; the windows that it closes are published as they were. One without a timestamp, or of a window
     * no longer open, counts in the newest.
     *
     * @param timestampMs the record's; negative for none
     */
    void refuse(Reason reason, long timestampMs) {
        long number = timestampMs < 0 ? Math.max(0, open.newest()) : open.numberOf(timestampMs);
        if (open.isEmpty() || number > open.newest()) {
            advance(number, true);
        }
        window(open.isOpen(number) ? number : open.newest()).increment(reason.ordinal());
    }

    private void advance(long number, boolean publishing) {
        for (long closing = open.oldest(); closing <= Math.min(open.newest(), number - OpenWindows.COUNT); closing++) {
            if (publishing && isUnpublished(window(closing))) {
                records.add(closing, open.lengthMs(), window(closing));
            }
            window(closing).clear();
        }
        open.moveTo(number);
    }

    private Counts window(long number) {
        return windows[OpenWindows.slot(number)];
    }

    private static boolean isUnpublished(Counts window) {
        return window.sum(0, PUBLISHED) != window.get(PUBLISHED);
    }

    /** Publishes the open windows that have changed. */
    void publishChanged() {
        for (long number = open.oldest(); number <= open.newest(); number++) {
            Counts window = window(number);
            if (isUnpublished(window)) {
                records.add(number, open.lengthMs(), window);
                window.set(PUBLISHED, window.sum(0, PUBLISHED));
            }
        }
    }

    /** Writes a window's counts. */
    static void write(JsonText json, Counts window) {
        json.beginObject("dead_letters");
        for (Reason reason : REASONS) {
            json.memberIfCounted(reason.label(), window.get(reason.ordinal()));
        }
        json.end();
    }

    void forgetJournal() {
        for (Counts window : windows) {
            window.forgetJournal();
        }
    }

    void drain(ImageWriter to) {
        for (long number = open.oldest(); number <= open.newest(); number++) {
            to.of(ImageFormat.DEAD_LETTERS, open.lengthMs(), number);
            window(number).drain(to);
        }
    }

    /** The counts that an image of the journal tells of; null when nothing is counted in them any more. */
    Counts restore(long lengthMs, long number) {
        if (lengthMs != open.lengthMs()) {
            return null;
        }
        if (number > open.newest()) {
            advance(number, false);
        }
        return open.isOpen(number) ? window(number) : null;
    }
}
