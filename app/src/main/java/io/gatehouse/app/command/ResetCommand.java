package io.gatehouse.app.command;

import io.gatehouse.app.Printable;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.reset.Destination;
import io.gatehouse.engine.reset.NoSuchOffsetException;
import io.gatehouse.engine.reset.PartitionMove;
import io.gatehouse.engine.reset.PartitionMove.Memory;
import io.gatehouse.engine.reset.Reset;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Trouble;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse reset}. */
@Command(
        name = "reset",
        description = {
            "Moves the group to other offsets of the input, and what is remembered of users with it. All instances must be"
                    + " stopped.",
            "A partition that goes back forgets its users, for they will log in again as if for the first time; one that goes"
                    + " forward, or stays, keeps them. Without --execute it only says what it would do."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse reset --config gatehouse.properties --to earliest",
            "  gatehouse reset --config gatehouse.properties --to 2024-03-01T12:00:00Z --execute",
            "  gatehouse reset --config gatehouse.properties --to 0=123,3=456 --execute",
            "",
            "Exit codes: 0 done, or could be done; 1 failed or refused, and nothing was changed; 2 wrong usage."
        })
final class ResetCommand implements Callable<Integer> {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "WHERE",
            description = "One of: " + Destination.FORMS + ". Partitions without an offset stay where they are.")
    private String destination;

    @Option(names = "--execute", description = "Does it.")
    private boolean execute;

    @Override
    public Integer call() {
        Destination to = parsedDestination();
        EngineSettings settings = options.load(Configuration.Broker.NEEDED).engine();
        String group = settings.applicationId();
        try (KafkaCluster cluster = new KafkaCluster(settings.admin(), group);
                Reset reset = new Reset(
                        settings,
                        to,
                        execute,
                        new KafkaClients(settings.consumer(), settings.producer(), group),
                        cluster,
                        Ticker.system())) {
            while (!reset.turn()) {
                LockSupport.parkNanos(PAUSE_NS);
            }
            print(settings, reset);
        } catch (NoSuchOffsetException e) {
            throw new CommandFailure("--to: " + e.getMessage(), e);
        } catch (Refusal | KafkaException e) {
            throw new CommandFailure(Printable.escape(Trouble.describe(e)), e);
        }
        return 0;
    }

    private Destination parsedDestination() {
        try {
            return Destination.parse(destination);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--to " + Printable.excerpt(destination) + " is " + e.getMessage(), e);
        }
    }

    private void print(EngineSettings settings, Reset reset) {
        PrintWriter out = spec.commandLine().getOut();
        List<PartitionMove> moves = reset.moves();
        out.println("group " + settings.applicationId() + ", topic "
                + settings.topics().input());
        out.printf("%9s %15s %15s %15s %15s  %s%n", "partition", "from", "to", "again", "skipped", "memory");
        for (PartitionMove move : moves) {
            out.printf(
                    Locale.ROOT,
                    "%9d %15s %,15d %,15d %,15d  %s%n",
                    move.partition(),
                    move.from() == PartitionMove.NOWHERE ? "nowhere" : String.format(Locale.ROOT, "%,d", move.from()),
                    move.to(),
                    move.again(),
                    move.skipped(),
                    memory(move));
        }
        long again = moves.stream().mapToLong(PartitionMove::again).sum();
        long skipped = moves.stream().mapToLong(PartitionMove::skipped).sum();
        if (again > 0) {
            out.printf(
                    Locale.ROOT,
                    "Up to %,d records are processed again. What comes of them is written a second time: %s, %s and %s hold"
                            + " both, and in %s the new counts of a window replace the old.%n",
                    again,
                    settings.topics().processed(),
                    settings.topics().deadLetters(),
                    settings.topics().sessions(),
                    settings.topics().statistics());
        }
        if (skipped > 0) {
            out.printf(Locale.ROOT, "Up to %,d records are never processed.%n", skipped);
        }
        printOutcome(reset, out);
        out.flush();
    }

    private static String memory(PartitionMove move) {
        String word =
                move.memory() == Memory.NONE ? "none yet" : move.memory().name().toLowerCase(Locale.ROOT);
        return move.found() == null ? word : word + " (" + Printable.escape(move.found()) + ")";
    }

    private void printOutcome(Reset reset, PrintWriter out) {
        boolean isStill = reset.moves().stream().allMatch(PartitionMove::isStill);
        if (isStill) {
            out.println("There is nothing to do.");
        } else if (execute) {
            out.println("Done. Instances may be started.");
            if (!reset.isTrimmed()) {
                out.println(
                        "What was forgotten could not be deleted from the state topic. It counts no more; it takes room"
                                + " until the journal is next trimmed.");
            }
        } else {
            if (reset.isStateTooSmall()) {
                out.println("The state topic lacks partitions; --execute adds them.");
            }
            if (!reset.members().isEmpty()) {
                out.println("The group has members: " + Printable.escape(String.join(", ", reset.members()))
                        + ". Stop all instances first.");
            }
            out.println("Nothing was changed. Add --execute to do it.");
        }
    }
}
