package io.gatehouse.app.dlq;

import io.gatehouse.app.Printable;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.core.login.Platform;
import io.gatehouse.engine.replay.LetterStatistics;
import io.gatehouse.engine.replay.LetterStatistics.Group;
import io.gatehouse.engine.replay.LoginSample;
import io.gatehouse.engine.replay.LoginSample.Logins;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse dlq stats}. */
@Command(
        name = "stats",
        description = {
            "Counts dead letters by cause, platform and app version, the most frequent first, and says what share of all"
                    + " logins of that app they are.",
            "The share of a group rests on the processed topic, from the group's first letter to its last, and at least a"
                    + " minute: up to 20,000 of its records are looked at for each of the ten largest groups. Shares with"
                    + " 'about' are estimated from a sample."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dlq stats --config gatehouse.properties --from 1h",
            "  gatehouse dlq stats --config gatehouse.properties --reason missing_field --json",
            "",
            "Exit codes: 0 counted, 1 Kafka cannot be read, 2 wrong usage."
        })
final class StatsCommand implements Runnable {
    /** A share takes a search of its own. */
    private static final int MOST_SHARES = 10;

    private static final int MOST_GROUPS = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Mixin
    private FilterOptions filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "The N largest groups, at most " + MOST_GROUPS + ". Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    /** @param logins null where the share is not known */
    private record Line(Group group, Logins logins) {
        double share() {
            return (double) group.letters() / (group.letters() + logins.logins());
        }

        String percent() {
            double percent = 100 * share();
            String number = percent < 0.1
                    ? "less than 0.1"
                    : String.format(Locale.ROOT, percent < 10 ? "%.1f" : "%.0f", percent);
            return (logins.isWhole() ? "" : "about ") + number.replaceAll("\\.0$", "") + " %";
        }
    }

    @Override
    public void run() {
        if (limit < 1 || limit > MOST_GROUPS) {
            throw new ParameterException(spec.commandLine(), "--limit must be from 1 to " + MOST_GROUPS);
        }
        Access.with(spec, options, this::count);
    }

    private void count(Access access) {
        LetterStatistics statistics = new LetterStatistics();
        long foreign = access.read(filter.filter(), statistics::add);
        LoginSample sample = new LoginSample(access.log(), access.settings(), access.bar());
        List<Line> lines = new ArrayList<>();
        for (Group group : statistics.groups().stream().limit(limit).toList()) {
            boolean isShareTold = lines.size() < MOST_SHARES && group.isOfOneVersion();
            lines.add(new Line(group, isShareTold ? sample.of(group) : null));
        }
        access.bar().end();
        if (json) {
            printJson(statistics, lines);
        } else {
            print(statistics, lines, access.settings().topics().processed());
            Foreign.say(spec.commandLine().getOut(), foreign);
        }
    }

    private void print(LetterStatistics statistics, List<Line> lines, String processed) {
        PrintWriter out = spec.commandLine().getOut();
        if (lines.isEmpty()) {
            out.println("No dead letters" + (filter.filter().words().isEmpty() ? "." : " of this kind."));
            return;
        }
        lines.stream().filter(line -> line.logins() != null).forEach(line -> out.println(sentence(line)));
        if (lines.stream().anyMatch(line -> line.logins() != null)) {
            out.println("(Shares: letters, and accepted logins of the same app in " + processed
                    + " from the first letter to the last.)");
            out.println();
        }
        out.printf(
                "%9s  %-12s %-32s %-8s %-20s %-20s %s%n",
                "letters", "share", "cause", "platform", "first", "last", "version");
        for (Line line : lines) {
            Group group = line.group();
            out.printf(
                    Locale.ROOT,
                    "%,9d  %-12s %-32s %-8s %-20s %-20s %s%n",
                    group.letters(),
                    line.logins() == null ? "-" : line.percent(),
                    group.cause(),
                    group.platform().label(),
                    second(group.firstMs()),
                    second(group.lastMs()),
                    group.version() == null ? "-" : Printable.excerpt(group.version()));
        }
        int others = statistics.groups().size() - lines.size();
        out.printf(
                Locale.ROOT,
                "%,d letters%s%n",
                statistics.letters(),
                others == 0 ? "" : ", " + others + " more groups with --limit");
    }

    private static String sentence(Line line) {
        Group group = line.group();
        return (group.platform() == Platform.UNKNOWN ? "" : group.platform().label() + " ")
                + Printable.excerpt(group.version()) + " began " + CauseWords.of(group.cause()) + " at "
                + second(group.firstMs()) + ", " + line.percent() + " of its logins ("
                + String.format(Locale.ROOT, "%,d", group.letters())
                + (group.letters() == 1 ? " letter" : " letters, the last at " + second(group.lastMs())) + ")";
    }

    private static Instant second(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS);
    }

    private void printJson(LetterStatistics statistics, List<Line> lines) {
        JsonOut.line(spec.commandLine().getOut(), out -> {
            out.writeNumberField("letters", statistics.letters());
            out.writeArrayFieldStart("groups");
            for (Line line : lines) {
                Group group = line.group();
                out.writeStartObject();
                JsonOut.write(out, group.cause());
                out.writeStringField("platform", group.platform().label());
                out.writeStringField("app_version", group.version());
                out.writeNumberField("letters", group.letters());
                out.writeStringField(
                        "first", Instant.ofEpochMilli(group.firstMs()).toString());
                out.writeStringField(
                        "last", Instant.ofEpochMilli(group.lastMs()).toString());
                if (line.logins() != null) {
                    out.writeNumberField("share", line.share());
                    out.writeNumberField("logins", line.logins().logins());
                    out.writeNumberField("logins_looked_at", line.logins().read());
                    out.writeBooleanField("estimated", !line.logins().isWhole());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }
}
