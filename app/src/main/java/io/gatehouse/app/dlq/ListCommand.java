package io.gatehouse.app.dlq;

import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.engine.replay.Letter;
import io.gatehouse.engine.replay.ReplayLog;
import java.io.PrintWriter;
import java.util.PriorityQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse dlq list}. */
@Command(
        name = "list",
        description = "Lists dead letters, a line each, by the time of refusal, the newest last.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dlq list --config gatehouse.properties --from 1h",
            "  gatehouse dlq list --config gatehouse.properties --reason invalid_ip,wrong_type --app-version 4.2.1",
            "  gatehouse dlq list --config gatehouse.properties --source user-login/3/1000-2000 --json",
            "",
            "Exit codes: 0 listed, 1 Kafka cannot be read, 2 wrong usage."
        })
final class ListCommand implements Runnable {
    /** They are held in memory while it is not known which are the newest. */
    private static final int MOST = 100_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Mixin
    private FilterOptions filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "The newest N of them, at most " + MOST + ". Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Override
    public void run() {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit must be from 1 to " + MOST);
        }
        Access.with(spec, options, this::list);
    }

    private void list(Access access) {
        ReplayLog replayed = access.replayed();
        PriorityQueue<LetterSummary> newest = new PriorityQueue<>(LetterSummary.OLDEST_FIRST);
        long[] found = new long[1];
        long foreign = access.read(filter.filter(), letter -> {
            found[0]++;
            newest.add(summary(letter, replayed));
            if (newest.size() > limit) {
                newest.poll();
            }
        });
        if (json) {
            newest.stream()
                    .sorted(LetterSummary.OLDEST_FIRST)
                    .forEach(letter -> JsonOut.line(spec.commandLine().getOut(), out -> JsonOut.write(out, letter)));
        } else {
            print(newest, found[0], foreign);
        }
    }

    private static LetterSummary summary(Letter letter, ReplayLog replayed) {
        return LetterSummary.of(
                letter,
                replayed.contains(letter.place().partition(), letter.place().offset()));
    }

    private void print(PriorityQueue<LetterSummary> newest, long found, long foreign) {
        PrintWriter out = spec.commandLine().getOut();
        newest.stream()
                .sorted(LetterSummary.OLDEST_FIRST)
                .forEach(letter -> out.printf(
                        "%s  %-32s %s from %s  %s%s%s%n",
                        letter.failedAt(),
                        letter.cause(),
                        letter.place(),
                        letter.source(),
                        letter.app(),
                        letter.attempt() > 1 ? "  attempt " + letter.attempt() : "",
                        letter.isReplayed() ? "  replayed" : ""));
        if (found == 0) {
            out.println("No dead letters" + (filter.filter().words().isEmpty() ? "." : " of this kind."));
        } else if (found > newest.size()) {
            out.println("The newest " + newest.size() + " of " + found + "; more with --limit.");
        }
        Foreign.say(out, foreign);
    }
}
