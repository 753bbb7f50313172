package io.gatehouse.lab.generate;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells how far a run is: a bar that redraws itself on a terminal, a line now and then elsewhere. */
final class Progress {
    private static final int BAR = 30;
    private static final long LINE_EVERY_NS = 5_000_000_000L;

    private final PrintWriter to;
    private final boolean terminal;
    private final long events;
    private final long begunNs = System.nanoTime();
    private long saidNs = begunNs;
    private boolean drawn;

    /** @param events how many there will be; 0 when there is no end */
    Progress(PrintWriter to, boolean terminal, long events) {
        this.to = to;
        this.terminal = terminal;
        this.events = events;
    }

    void show(long sent) {
        long nowNs = System.nanoTime();
        double seconds = (nowNs - begunNs) / 1e9;
        if (terminal) {
            to.print("\r" + line(sent, seconds) + "\u001B[K");
            to.flush();
            drawn = true;
        } else if (nowNs - saidNs >= LINE_EVERY_NS) {
            saidNs = nowNs;
            to.println(line(sent, seconds));
            to.flush();
        }
    }

    void end(long sent) {
        if (drawn) {
            show(sent);
            to.println();
            to.flush();
        }
    }

    private String line(long sent, double seconds) {
        double perSecond = seconds > 0 ? sent / seconds : 0;
        if (events == 0) {
            return String.format(Locale.ROOT, "%,d events, %,.0f/s", sent, perSecond);
        }
        String left = sent > 0 ? String.format(Locale.ROOT, ", %,.0f s left", (events - sent) / perSecond) : "";
        String bar = terminal ? "[" + bar(sent) + "] " : "";
        return String.format(
                Locale.ROOT,
                "%s%3d %%  %,d of %,d events, %,.0f/s%s",
                bar,
                sent * 100 / events,
                sent,
                events,
                perSecond,
                left);
    }

    private String bar(long sent) {
        int full = (int) (sent * BAR / events);
        return "#".repeat(full) + "-".repeat(BAR - full);
    }
}
