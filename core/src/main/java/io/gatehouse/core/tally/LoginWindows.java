package io.gatehouse.core.tally;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Verdict;

/** The windows of event time that a partition's logins are counted in. */
final class LoginWindows {
    private final OpenWindows open;
    private final StatisticsRecords records;
    /** By slot; null until the slot is first needed. Those not open are clear. */
    private final LoginWindow[] windows = new LoginWindow[OpenWindows.COUNT];

    // The newest window's bounds, so that no division is needed for most logins.
    private long newestStartMs;
    private long newestEndMs;

    LoginWindows(long lengthMs, StatisticsRecords records) {
        this.open = new OpenWindows(lengthMs);
        this.records = records;
    }

    /** Counts a login; the windows that it closes are published as they were. */
    void accept(Login login, Verdict verdict, GeoTable geo, Calendar calendar, long delayMs) {
        long eventTimeMs = login.eventTimeMs();
        if (eventTimeMs >= newestStartMs && eventTimeMs < newestEndMs) {
            window(open.newest()).count(login, verdict, geo, calendar, delayMs);
            return;
        }
        long number = open.numberOf(eventTimeMs);
        if (open.isEmpty() || number > open.newest()) {
            advance(number, true);
        }
        if (open.isOpen(number)) {
            window(number).count(login, verdict, geo, calendar, delayMs);
        } else {
            window(open.newest()).countLateDropped();
        }
    }

    private void advance(long number, boolean publishing) {
        for (long closing = open.oldest(); closing <= Math.min(open.newest(), number - OpenWindows.COUNT); closing++) {
            LoginWindow window = windows[OpenWindows.slot(closing)];
            if (window != null) {
                if (publishing && window.isUnpublished()) {
                    records.add(closing, open.lengthMs(), window);
                }
                window.clear();
            }
        }
        open.moveTo(number);
        newestStartMs = number * open.lengthMs();
        newestEndMs =
                newestStartMs > Long.MAX_VALUE - open.lengthMs() ? Long.MAX_VALUE : newestStartMs + open.lengthMs();
    }

    private LoginWindow window(long number) {
        int slot = OpenWindows.slot(number);
        if (windows[slot] == null) {
            windows[slot] = new LoginWindow();
        }
        return windows[slot];
    }

    /** Counts sessions that are published for the first time. */
    void countClosedSessions(int sessions) {
        window(open.newest()).countClosedSessions(sessions);
    }

    /** Publishes the open windows that have changed. */
    void publishChanged() {
        for (long number = open.oldest(); number <= open.newest(); number++) {
            LoginWindow window = windows[OpenWindows.slot(number)];
            if (window != null && window.isUnpublished()) {
                records.add(number, open.lengthMs(), window);
                window.published();
            }
        }
    }

    void forgetJournal() {
        for (LoginWindow window : windows) {
            if (window != null) {
                window.forgetJournal();
            }
        }
    }

    void drain(ImageWriter to) {
        for (long number = open.oldest(); number <= open.newest(); number++) {
            LoginWindow window = windows[OpenWindows.slot(number)];
            if (window != null) {
                to.of(ImageFormat.LOGINS, open.lengthMs(), number);
                window.drain(to);
            }
        }
    }

    void restoreEventTime(long eventTimeMs) {
        long number = open.numberOf(eventTimeMs);
        if (open.isEmpty() || number > open.newest()) {
            advance(number, false);
        }
    }

    /** The window that an image of the journal tells of; null when nothing is counted in it any more. */
    LoginWindow restore(long lengthMs, long number) {
        if (lengthMs != open.lengthMs()) {
            return null;
        }
        if (number > open.newest()) {
            advance(number, false);
        }
        return open.isOpen(number) ? window(number) : null;
    }
}
