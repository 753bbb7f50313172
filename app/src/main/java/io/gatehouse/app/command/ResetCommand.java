package io.gatehouse.app.command;

import io.gatehouse.app.Printable;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.reset.Destination;
import io.gatehouse.engine.reset.Group;
import io.gatehouse.engine.reset.NoSuchOffsetException;
import io.gatehouse.engine.reset.PartitionMove;
import io.gatehouse.engine.reset.PartitionMove.Memory;
import io.gatehouse.engine.reset.Reset;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Trouble;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
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

    /** What can be chosen: not to choose is to say nothing. */
    enum Choice {
        KEYED(Partitioning.KEYED),
        REKEY(Partitioning.REKEY);

        private final Partitioning partitioning;

        Choice(Partitioning partitioning) {
            this.partitioning = partitioning;
        }
    }

    @Option(
            names = "--partitioning",
            paramLabel = "keyed|rekey",
            description =
                    "Changes how the group's input is partitioned (input.partitioning), and forgets all users, for they"
                            + " lie elsewhere then.")
    private Choice choice;

    @Option(names = "--execute", description = "Does it.")
    private boolean execute;

    @Override
    public Integer call() {
        Destination to = parsedDestination();
        EngineSettings settings = options.load(Configuration.Broker.NEEDED).engine();
        String group = settings.applicationId();
        try (KafkaCluster judging = new KafkaCluster(settings.admin(), group);
                KafkaCluster routing = new KafkaCluster(settings.admin(), settings.routingGroup());
                Reset reset = new Reset(
                        settings,
                        to,
                        choice == null ? null : choice.partitioning,
                        execute,
                        new Group(group, clients(settings, group), judging),
                        new Group(settings.routingGroup(), clients(settings, settings.routingGroup()), routing),
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

    private static KafkaClients clients(EngineSettings settings, String group) {
        return new KafkaClients(settings, group);
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
        String input = settings.topics().input();
        out.println("application " + settings.applicationId() + ", partitioning "
                + ChoiceRecord.word(reset.chosen())
                + (reset.changesPartitioning() ? ", which is another one than until now" : ""));
        print(input, reset.moves(), out);
        if (!reset.movesByUser().isEmpty()) {
            print(settings.routing().byUser(), reset.movesByUser(), out);
        }
        long again = sum(reset.moves(), PartitionMove::again);
        if (again > 0) {
            out.printf(
                    Locale.ROOT,
                    "Up to %,d records of %s are processed again. What comes of them is written a second time: %s, %s and %s"
                            + " hold both, and in %s the new counts of a window replace the old.%n",
                    again,
                    input,
                    settings.topics().processed(),
                    settings.topics().deadLetters(),
                    settings.topics().sessions(),
                    settings.topics().statistics());
        }
        long skipped = sum(reset.moves(), PartitionMove::skipped);
        if (skipped > 0) {
            out.printf(Locale.ROOT, "Up to %,d records of %s are never processed.%n", skipped, input);
        }
        long givenUp = sum(reset.movesByUser(), PartitionMove::skipped);
        if (givenUp > 0) {
            out.printf(
                    Locale.ROOT,
                    "Up to %,d records are routed already and not judged yet. They are given up; those behind the new"
                            + " beginning are routed again.%n",
                    givenUp);
        }
        printOutcome(reset, out);
        out.flush();
    }

    private static void print(String topic, List<PartitionMove> moves, PrintWriter out) {
        out.printf("%n%9s %15s %15s %15s %15s  memory    %s%n", "partition", "from", "to", "again", "skipped", topic);
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
    }

    private static long sum(List<PartitionMove> moves, ToLongFunction<PartitionMove> what) {
        return moves.stream().mapToLong(what).sum();
    }

    private static String memory(PartitionMove move) {
        String word =
                move.memory() == Memory.NONE ? "none yet" : move.memory().name().toLowerCase(Locale.ROOT);
        return move.found() == null ? word : word + " (" + Printable.escape(move.found()) + ")";
    }

    private void printOutcome(Reset reset, PrintWriter out) {
        if (!execute && !reset.members().isEmpty()) {
            out.println("The group has members: " + Printable.escape(String.join(", ", reset.members()))
                    + ". Stop all instances first.");
        }
        if (reset.isStill()) {
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
            out.println("Nothing was changed. Add --execute to do it.");
        }
    }
}
