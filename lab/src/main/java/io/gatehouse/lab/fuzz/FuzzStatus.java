package io.gatehouse.lab.fuzz;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a run stands, as the fuzzer says it now and then.
 *
 * @param edges branches of Gatehouse's own code that were taken so far
 * @param corpus inputs kept, since each took a branch, or took one as often, as none before
 */
record FuzzStatus(long executions, int edges, int corpus) {
    static final FuzzStatus NOTHING_YET = new FuzzStatus(0, 0, 0);

    private static final Pattern LINE = Pattern.compile("#(\\d+)\\s+[A-Za-z]+\\s+cov: (\\d+) ft: \\d+ corp: (\\d+)/.*");

    /** Nothing for a line that is about something else. */
    static Optional<FuzzStatus> in(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? Optional.of(new FuzzStatus(
                        Long.parseLong(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3))))
                : Optional.empty();
    }
}
