package io.gatehouse.app.geo;

import java.io.PrintWriter;

/** A bar that redraws itself on a terminal; silent elsewhere. */
final class CompileProgress implements AutoCloseable {
    private static final int WIDTH = 40;

    private final PrintWriter to;
    private final boolean terminal;
    private int shownPercent = -1;

    CompileProgress(PrintWriter to, boolean terminal) {
        this.to = to;
        this.terminal = terminal;
    }

    /** @param fraction how much is done, 0 to 1 */
    void show(double fraction) {
        int percent = (int) (fraction * 100);
        if (terminal && percent != shownPercent) {
            shownPercent = percent;
            int full = percent * WIDTH / 100;
            String activity = percent < 100 ? "" : "  packing";
            to.printf("\r[%s%s] %3d %%%s", "#".repeat(full), "-".repeat(WIDTH - full), percent, activity);
            to.flush();
        }
    }

    /** Removes the bar, so that what is printed next starts on a clean line. */
    @Override
    public void close() {
        if (shownPercent >= 0) {
            shownPercent = -1;
            to.print("\r\u001B[K");
            to.flush();
        }
    }
}
