package io.gatehouse.app.dlq;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.Printable;
import io.gatehouse.engine.replay.ReplayLog;
import io.gatehouse.engine.replay.ReplayRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The replays that there have been, as their records tell them: a line for each run. */
final class ReplayHistory {
    /** The newest of them. */
    private static final int MOST_RUNS = 1_000;

    private final Access access;
    private final Map<Instant, Run> runs = new TreeMap<>();

    private record Run(
            Instant begun,
            Instant last,
            String by,
            List<String> filter,
            List<String> patch,
            String topic,
            long letters) {
        Run and(Run other) {
            return new Run(
                    begun,
                    last.isAfter(other.last) ? last : other.last,
                    by,
                    filter,
                    patch,
                    topic,
                    letters + other.letters);
        }
    }

    ReplayHistory(Access access) {
        this.access = access;
    }

    void print(PrintWriter out, boolean json) {
        ReplayLog.records(access.log(), access.settings().replays(), this::take);
        for (Run run : runs.values()) {
            if (json) {
                printJson(out, run);
            } else {
                out.printf(
                        Locale.ROOT,
                        "%s  %s  %,d letters of %s until %s%s%s%n",
                        run.begun,
                        Printable.excerpt(run.by),
                        run.letters,
                        Printable.excerpt(run.topic),
                        run.last,
                        words("", run.filter),
                        words("--", run.patch));
            }
        }
        if (runs.isEmpty() && !json) {
            out.println("Nothing has been replayed.");
        }
    }

    private void take(ReplayRecord record) {
        Run run = new Run(
                record.runAt(),
                record.at(),
                record.by(),
                record.filter(),
                record.patch(),
                record.topic(),
                record.letters());
        runs.merge(record.runAt(), run, Run::and);
        if (runs.size() > MOST_RUNS) {
            runs.remove(runs.keySet().iterator().next());
        }
    }

    private static String words(String prefix, List<String> words) {
        StringBuilder all = new StringBuilder();
        words.forEach(word -> all.append("  ").append(prefix).append(Printable.excerpt(word)));
        return all.toString();
    }

    private static void printJson(PrintWriter to, Run run) {
        JsonOut.line(to, out -> {
            out.writeStringField("begun", run.begun.toString());
            out.writeStringField("last", run.last.toString());
            out.writeStringField("by", run.by);
            out.writeStringField("topic", run.topic);
            out.writeNumberField("letters", run.letters);
            writeWords(out, "filter", run.filter);
            writeWords(out, "patch", run.patch);
        });
    }

    private static void writeWords(JsonGenerator out, String name, List<String> words) throws IOException {
        out.writeArrayFieldStart(name);
        for (String word : words) {
            out.writeString(word);
        }
        out.writeEndArray();
    }
}
