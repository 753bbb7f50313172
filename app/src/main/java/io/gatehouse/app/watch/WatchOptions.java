package io.gatehouse.app.watch;

import io.gatehouse.app.command.Span;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How long is looked, how often, and how it is told; the same for both commands. */
final class WatchOptions {
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SPAN = Duration.ofDays(30);
    private static final Duration USUAL_SPAN = Duration.ofSeconds(10);

    @Option(
            names = "--watch",
            description = "Goes on looking, and shows each look: in place on a terminal, one below the other elsewhere."
                    + " Ends with Ctrl-C, or after --for.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "2s",
            description = "From one look to the next, 1s to 1m. Default: ${DEFAULT-VALUE}.")
    private Duration every;

    @Option(
            names = "--for",
            paramLabel = "SPAN",
            converter = Span.class,
            description = "How long is looked, since a trend takes time; 0s for one look. It ends sooner when nothing"
                    + " waits. Default: 10s; with --watch, until Ctrl-C.")
    private Duration span;

    @Option(names = "--json", description = "JSON for scripts: an object, with --watch one a line for each look.")
    private boolean json;

    boolean isWatch() {
        return watch;
    }

    boolean isJson() {
        return json;
    }

    /** @throws ParameterException when it is out of bounds */
    Duration every(CommandLine command) {
        if (every.compareTo(LEAST_PAUSE) < 0 || every.compareTo(LONGEST_PAUSE) > 0) {
            throw new ParameterException(command, "--every must be from 1s to 1m");
        }
        return every;
    }

    /**
     * How long at most; null for no end.
     *
     * @throws ParameterException when it is out of bounds
     */
    Duration span(CommandLine command) {
        if (span != null && span.compareTo(LONGEST_SPAN) > 0) {
            throw new ParameterException(command, "--for must be at most 30d");
        }
        return span == null && !watch ? USUAL_SPAN : span;
    }
}
