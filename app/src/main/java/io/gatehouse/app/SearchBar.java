package io.gatehouse.app;

import io.gatehouse.engine.lookup.Progress;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** A bar that redraws itself while something is searched; nothing where there is no terminal. */
public final class SearchBar implements Progress {
    private static final int WIDTH = 30;
    private static final long REDRAW_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final PrintWriter to;
    private final boolean isShown;
    private long drawnNs = System.nanoTime();
    private boolean isDrawn;

    private SearchBar(PrintWriter to, boolean isShown) {
        this.to = to;
        this.isShown = isShown;
    }

    /** A bar on a terminal. */
    public static SearchBar on(PrintWriter to) {
        return new SearchBar(to, System.console() != null);
    }

    @Override
    public void at(String topic, long done, long total) {
        long nowNs = System.nanoTime();
        if (!isShown || total <= 0 || nowNs - drawnNs < REDRAW_NS) {
            return;
        }
        drawnNs = nowNs;
        isDrawn = true;
        int full = (int) (done * WIDTH / total);
        to.print("\r[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + topic + "\u001B[K");
        to.flush();
    }

    /** Takes the bar away. */
    public void end() {
        if (isDrawn) {
            to.print("\r\u001B[K");
            to.flush();
            isDrawn = false;
        }
    }
}
