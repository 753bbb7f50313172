package io.gatehouse.app.dlq;

import io.gatehouse.app.Printable;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.app.config.Machine;
import io.gatehouse.core.patch.Patch;
import io.gatehouse.engine.deadletter.DeadLetter;
import io.gatehouse.engine.replay.Choice;
import io.gatehouse.engine.replay.Replay;
import io.gatehouse.engine.replay.ReplayCounts;
import io.gatehouse.engine.replay.ReplayOrder;
import io.gatehouse.engine.worker.Ticker;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse dlq replay}. */
@Command(
        name = "replay",
        description = {
            "Sends the originals of dead letters back to where they came from in the input, byte for byte or mended by rules,"
                    + " each exactly once: what any replay has ever sent is left out. It may be killed and run again.",
            "Without --execute it only says what it would do, shows some letters before and after, and tells how many would"
                    + " pass now.",
            "Rules are about members of the event's top level; all other bytes stay. What is removed goes first, then"
                    + " members are renamed, then cast, then set. A letter to which a rule does not apply is left."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dlq replay --config gatehouse.properties --reason missing_field --rename uid=user_id",
            "  gatehouse dlq replay --config gatehouse.properties --reason wrong_type --cast user_id=string --execute",
            "  gatehouse dlq replay --config gatehouse.properties --reason invalid_ip --set ip=null --rate 500 --execute",
            "  gatehouse dlq replay --config gatehouse.properties --log",
            "",
            "Exit codes: 0 done, or could be done; 1 stopped, and what was sent is recorded; 2 wrong usage."
        })
final class ReplayCommand implements Runnable {
    private static final int MOST_A_SECOND = 1_000_000;
    private static final int MOST_ATTEMPTS = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Mixin
    private FilterOptions filter;

    @Option(names = "--remove", paramLabel = "NAME", description = "Takes a member away.")
    private List<String> removed = new ArrayList<>();

    @Option(names = "--rename", paramLabel = "OLD=NEW", description = "Gives a member another name.")
    private List<String> renamed = new ArrayList<>();

    @Option(
            names = "--cast",
            paramLabel = "NAME=TYPE",
            description = "Turns a member's value into a string, number, integer (a fraction is cut off) or boolean.")
    private List<String> cast = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "NAME=JSON",
            description = "Gives a member a value, and adds it where it is not there.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Leaves letters that have been refused so often. Default: ${DEFAULT-VALUE}.")
    private int maxAttempts;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most N letters a second. Default: as many as possible.")
    private int rate;

    @ArgGroup(exclusive = true)
    private Mode mode;

    /** Nothing of it: a dry run. */
    static final class Mode {
        @Option(names = "--execute", description = "Does it.")
        private boolean execute;

        @Option(names = "--log", description = "Lists the replays that there have been, the newest last.")
        private boolean log;
    }

    @Option(names = "--json", description = "What is said at the end as JSON.")
    private boolean json;

    @Override
    public void run() {
        require("--max-attempts", maxAttempts, 1, MOST_ATTEMPTS);
        require("--rate", rate, 0, MOST_A_SECOND);
        Patch patch = patch();
        if (mode != null && mode.log) {
            Access.with(spec, options, access -> new ReplayHistory(access)
                    .print(spec.commandLine().getOut(), json));
        } else {
            boolean execute = mode != null && mode.execute;
            String by = System.getProperty("user.name") + "@" + Machine.hostName();
            ReplayOrder order = new ReplayOrder(filter.filter(), patch, maxAttempts, rate, by, execute);
            Access.with(spec, options, access -> replay(access, order));
        }
    }

    private void require(String option, int given, int least, int most) {
        if (given < least || given > most) {
            throw new ParameterException(spec.commandLine(), option + " must be from " + least + " to " + most);
        }
    }

    private Patch patch() {
        try {
            return Patch.of(removed, renamed, cast, set);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + Printable.escape(e.getMessage()), e);
        }
    }

    private void replay(Access access, ReplayOrder order) {
        try (Replay replay = new Replay(
                access.settings(), order, access.clients(), access.cluster(), Ticker.system(), access.bar())) {
            while (!replay.turn()) {
                LockSupport.parkNanos(replay.pauseNs());
            }
            access.bar().end();
            if (json) {
                printJson(replay.counts(), order);
            } else {
                print(replay, order, access.settings().topics().input());
            }
        }
    }

    private void print(Replay replay, ReplayOrder order, String input) {
        PrintWriter out = spec.commandLine().getOut();
        ReplayCounts counts = replay.counts();
        if (!order.execute()) {
            replay.examples().forEach(choice -> print(choice, order.patch()));
        }
        line("dead letters match", counts.letters());
        line(order.execute() ? "sent to " + input : "would be sent to " + input, counts.chosen());
        line("  pass", counts.passing());
        counts.refused().forEach((cause, letters) -> line("  are refused again: " + cause, letters));
        counts.left().forEach((why, letters) -> line("left: " + why.words(), letters));
        counts.unpatchable().forEach((why, letters) -> line("  " + Printable.escape(why), letters));
        Foreign.say(out, replay.foreign());
        if (counts.chosen() == 0) {
            out.println("There is nothing to do.");
        } else if (order.execute()) {
            out.println("Done, and recorded; 'gatehouse dlq replay --log' lists all replays.");
        } else {
            out.println("Nothing was sent. Add --execute to do it.");
        }
    }

    private void line(String words, long letters) {
        spec.commandLine().getOut().printf(Locale.ROOT, "%,9d %s%n", letters, words);
    }

    private void print(Choice choice, Patch patch) {
        PrintWriter out = spec.commandLine().getOut();
        DeadLetter dead = choice.letter().dead();
        Difference difference = Difference.of(choice.letter().value(), choice.value());
        out.println(choice.letter().place() + " " + choice.letter().cause() + ", from " + dead.source() + ": "
                + (choice.verdict() == null ? "passes" : "refused again, " + choice.verdict()));
        if (patch.isEmpty()) {
            out.println("    " + difference.before());
        } else {
            out.println("  - " + difference.before());
            out.println("  + " + difference.after());
        }
        out.println();
    }

    private void printJson(ReplayCounts counts, ReplayOrder order) {
        JsonOut.line(spec.commandLine().getOut(), out -> {
            out.writeBooleanField("executed", order.execute());
            out.writeNumberField("letters", counts.letters());
            out.writeNumberField("chosen", counts.chosen());
            out.writeNumberField("sent", counts.sent());
            out.writeNumberField("passing", counts.passing());
            out.writeArrayFieldStart("refused");
            for (var refused : counts.refused().entrySet()) {
                out.writeStartObject();
                JsonOut.write(out, refused.getKey());
                out.writeNumberField("letters", refused.getValue());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeObjectFieldStart("left");
            for (ReplayCounts.Left why : ReplayCounts.Left.values()) {
                out.writeNumberField(
                        why.name().toLowerCase(Locale.ROOT), counts.left().getOrDefault(why, 0L));
            }
            out.writeEndObject();
        });
    }
}
