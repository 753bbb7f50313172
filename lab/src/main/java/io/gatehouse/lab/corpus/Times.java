package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.refused;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of logins: timestamps.txt beside this class. */
final class Times {
    private static final Set<String> REASONS = Set.of("invalid_timestamp", "timestamp_out_of_range");
    private static final Pattern OUTCOME = Pattern.compile("(\\S+)(?: at (-?\\d+))?");

    private Times() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.TIMES);
        for (DataFile.Line line : DataFile.lines("timestamps.txt")) {
            Matcher outcome = OUTCOME.matcher(line.outcome());
            if (!outcome.matches()) {
                throw new IllegalStateException("no outcome: " + line);
            }
            Expectation expected = REASONS.contains(outcome.group(1))
                    ? refused(outcome.group(1), "timestamp")
                    : Expectation.withTime(outcome.group(1));
            String at = outcome.group(2);
            entries.add(entries.record(
                            line.json() + " => " + line.outcome(),
                            entries.good().put("timestamp", line.json()),
                            expected)
                    .withTimestamp(at == null ? Entries.RECORD_MS : Long.parseLong(at)));
        }
        return entries.records();
    }
}
