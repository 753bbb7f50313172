package io.gatehouse.lab.demo;

import io.gatehouse.app.command.Span;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.lab.generate.Profile;
import io.gatehouse.lab.generate.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** What can be chosen about the demo. */
final class DemoOptions {
    /** Enough bad events to see each reason within a few minutes. */
    private static final double FAULTS = 0.02;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Generated events a second; 0 for none but yours. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--profile",
            defaultValue = "realistic",
            description = "realistic: returning users with places, devices, upgrades, trips, late and repeated events."
                    + " reference: a new user and key each time, as the reference producer sends. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Profile profile;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Users of the realistic profile. Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Where Kafka listens; 0 for any free port. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where health and metrics are served; 0 for any free port. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keeps Kafka's data here, and goes on with it at the next start. Default: a temporary"
                    + " directory, deleted at exit.")
    private Path dataDir;

    @Option(
            names = "--for",
            paramLabel = "SPAN",
            converter = Span.class,
            description = "Ends after this long (30s, 5m). Default: when it is stopped (Ctrl-C).")
    private Duration length;

    @Option(names = "--seed", paramLabel = "N", description = "Of all chance. Default: a new one; it is printed.")
    private Long seed;

    @Option(
            names = "--no-check",
            description = "Leaves out the check at the end, of all that came out against the contract.")
    private boolean noCheck;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets a key of the pipeline's configuration. May be repeated. Of itself the demo sets"
                    + " session.gap=10s and sessions.lateness=2s, so that sessions are seen to close.")
    private List<String> definitions = new ArrayList<>();

    double rate() {
        return rate;
    }

    int kafkaPort() {
        return kafkaPort;
    }

    int httpPort() {
        return httpPort;
    }

    boolean checks() {
        return !noCheck;
    }

    /** Null for a temporary one. */
    Path dataDir() {
        return dataDir;
    }

    /** Null when only a signal ends the demo. */
    Duration length() {
        return length;
    }

    /**
     * What the generator is told, beginning now.
     *
     * @throws IllegalArgumentException when an option is out of its range
     */
    StreamSettings traffic() {
        require(rate >= 0 && rate <= 1_000_000, "--rate must be from 0 to 1000000");
        require(partitions >= 1 && partitions <= 1_000, "--partitions must be from 1 to 1000");
        Duration step = rate == 0 ? Duration.ZERO : Duration.ofNanos((long) (1e9 / rate));
        long chosenSeed = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        KeyChoice key = profile == Profile.REFERENCE ? KeyChoice.RANDOM : KeyChoice.USER;
        return new StreamSettings(chosenSeed, Instant.now(), step, profile, key, users, FAULTS, false);
    }

    /** Gatehouse's configuration for this demo, as it would stand on the command line. */
    List<String> definitions(String bootstrap) {
        List<String> all = new ArrayList<>(
                List.of("session.gap=10s", "sessions.lateness=2s", "log.level=warn", "log.statistics-interval=0s"));
        all.addAll(definitions);
        all.addAll(List.of(
                "kafka.bootstrap.servers=" + bootstrap,
                "topics.partitions=" + partitions,
                "topics.replication=1",
                "http.port=" + httpPort));
        return all;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
