package io.gatehouse.lab.corpus;

import io.gatehouse.app.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of the corpus.
 *
 * @param families how the records of each came out
 * @param waits how long each good login took from its acknowledgement until a reader of committed records had it, in
 *     ascending order; there is one behind each odd record
 * @param took from the first record sent to the last one seen
 * @param logLines lines of Gatehouse's log that were looked through
 * @param differences all that is not as it must be, in words
 */
record CorpusReport(
        Map<Family, Count> families, List<Duration> waits, Duration took, int logLines, List<String> differences) {
    private static final int MOST_DIFFERENCES = 20;

    /**
     * How records came out.
     *
     * @param notTaken refused by the broker, as intended
     */
    record Count(int accepted, int refused, int notTaken, int different) {
        static final Count NONE = new Count(0, 0, 0, 0);

        Count with(CorpusRecord record, boolean asIntended) {
            if (!asIntended) {
                return new Count(accepted, refused, notTaken, different + 1);
            }
            if (record.isNotTaken()) {
                return new Count(accepted, refused, notTaken + 1, different);
            }
            return record.expected().isAccepted()
                    ? new Count(accepted + 1, refused, notTaken, different)
                    : new Count(accepted, refused + 1, notTaken, different);
        }

        int records() {
            return accepted + refused + notTaken + different;
        }
    }

    boolean isContent() {
        return differences.isEmpty();
    }

    private Duration longestWait() {
        return waitOf(1);
    }

    /** The wait that this share of the logins did not exceed. */
    private Duration waitOf(double share) {
        return waits.isEmpty() ? Duration.ZERO : waits.get((int) Math.ceil(share * waits.size()) - 1);
    }

    void print(PrintWriter out) {
        out.printf(
                "%-22s %8s %9s %8s %10s %10s%n", "family", "records", "accepted", "refused", "not taken", "different");
        families.forEach((family, count) -> row(out, family.title(), count));
        Count all = families.values().stream()
                .reduce(
                        Count.NONE,
                        (a, b) -> new Count(
                                a.accepted + b.accepted,
                                a.refused + b.refused,
                                a.notTaken + b.notTaken,
                                a.different + b.different));
        row(out, "all", all);
        out.printf(
                Locale.ROOT,
                "%,d good logins, one behind each: from acknowledged to committed and read p50 %d ms, p99 %d ms,"
                        + " longest %d ms.%n",
                waits.size(),
                waitOf(0.5).toMillis(),
                waitOf(0.99).toMillis(),
                longestWait().toMillis());
        out.printf(
                Locale.ROOT,
                "Sent and judged in %.1f s. %,d lines of log looked through.%n",
                took.toMillis() / 1e3,
                logLines);
        differences.stream().limit(MOST_DIFFERENCES).forEach(what -> out.println("  " + Printable.excerpt(what)));
        if (differences.size() > MOST_DIFFERENCES) {
            out.printf(Locale.ROOT, "  and %,d more differences%n", differences.size() - MOST_DIFFERENCES);
        }
        out.println(isContent() ? "Content." : "NOT content.");
        out.flush();
    }

    private static void row(PrintWriter out, String title, Count count) {
        out.printf(
                Locale.ROOT,
                "%-22s %,8d %,9d %,8d %,10d %,10d%n",
                title,
                count.records(),
                count.accepted,
                count.refused,
                count.notTaken,
                count.different);
    }
}
