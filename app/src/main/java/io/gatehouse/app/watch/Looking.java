package io.gatehouse.app.watch;

import io.gatehouse.app.Paint;
import io.gatehouse.app.Terminal;
import io.gatehouse.app.command.CommandFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import picocli.CommandLine;

/** Looks again and again, and shows what is found: the last look, or with {@code --watch} each of them. */
final class Looking {
    /** Somebody should look: not all is well. */
    static final int NOT_WELL = 3;

    private static final String CLEAR_SCREEN = "\u001B[2J";
    private static final String HOME = "\u001B[H";
    private static final String CLEAR_LINE = "\u001B[K";
    private static final String CLEAR_BELOW = "\u001B[J";

    private final WatchOptions options;
    private final Duration every;
    /** Null for no end. */
    private final Duration span;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean isTerminal;
    private final Paint paint;
    private boolean isScreenCleared;

    /** @throws picocli.CommandLine.ParameterException when an option is out of bounds */
    Looking(WatchOptions options, CommandLine command) {
        this.options = options;
        this.every = options.every(command);
        this.span = options.span(command);
        this.out = command.getOut();
        this.err = command.getErr();
        this.isTerminal = Terminal.isThere();
        this.paint = Paint.ofThisTerminal();
    }

    /**
     * @param look takes {@link System#nanoTime}; a {@link CommandFailure} ends everything, unless it is watched
     * @return the exit code
     */
    int run(LongFunction<Told> look) {
        long begunNs = System.nanoTime();
        while (true) {
            long nowNs = System.nanoTime();
            boolean isLast = isOver(nowNs - begunNs);
            Told told = told(look, nowNs);
            isLast |= !options.isWatch() && told.isSettled();
            if (isLast || options.isWatch()) {
                show(told);
            } else {
                progress(nowNs - begunNs);
            }
            if (isLast) {
                return told.isWell() ? 0 : NOT_WELL;
            }
            rest(nowNs + every.toNanos());
        }
    }

    private Told told(LongFunction<Told> look, long nowNs) {
        try {
            return look.apply(nowNs);
        } catch (CommandFailure e) {
            if (options.isWatch()) {
                return new Failed(e.getMessage(), Instant.now());
            }
            clearProgress();
            throw e;
        }
    }

    private boolean isOver(long passedNs) {
        return span != null && passedNs >= span.toNanos();
    }

    private static void rest(long untilNs) {
        long leftNs = untilNs - System.nanoTime();
        while (leftNs > 0) {
            LockSupport.parkNanos(leftNs);
            leftNs = untilNs - System.nanoTime();
        }
    }

    private void progress(long passedNs) {
        if (isTerminal) {
            err.print("\rlooking for a trend, " + Duration.ofNanos(passedNs).toSeconds() + " of " + span.toSeconds()
                    + " s" + CLEAR_LINE);
            err.flush();
        }
    }

    private void clearProgress() {
        if (isTerminal && !options.isWatch()) {
            err.print("\r" + CLEAR_LINE);
            err.flush();
        }
    }

    private void show(Told told) {
        clearProgress();
        if (options.isJson()) {
            out.println(told.json());
        } else if (!isTerminal) {
            told.text(Paint.NONE, Integer.MAX_VALUE).forEach(out::println);
            if (options.isWatch()) {
                out.println();
            }
        } else if (options.isWatch()) {
            refresh(told);
        } else {
            told.text(paint, Terminal.now().columns()).forEach(out::println);
        }
        out.flush();
    }

    /** Nothing of the terminal is changed that Ctrl-C would have to put back. */
    private void refresh(Told told) {
        Terminal terminal = Terminal.now();
        out.print(isScreenCleared ? HOME : HOME + CLEAR_SCREEN);
        isScreenCleared = true;
        fitting(told.text(paint, terminal.columns()), terminal.rows())
                .forEach(line -> out.print(line + CLEAR_LINE + "\n"));
        out.print(CLEAR_BELOW);
    }

    /** As many lines as the screen has room for above the cursor's. */
    static List<String> fitting(List<String> lines, int rows) {
        int room = Math.max(2, rows - 1);
        if (lines.size() <= room) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, room - 1));
        some.add("… and " + (lines.size() - room + 1) + " more lines");
        return some;
    }

    /** A look that nobody answered. */
    private record Failed(String reason, Instant at) implements Told {
        @Override
        public List<String> text(Paint paint, int columns) {
            return List.of(paint.alarm("NOT KNOWN") + ": " + reason, "It is tried again.");
        }

        @Override
        public String json() {
            return LagJson.failure(reason, at);
        }

        @Override
        public boolean isWell() {
            return false;
        }

        @Override
        public boolean isSettled() {
            return false;
        }
    }
}
