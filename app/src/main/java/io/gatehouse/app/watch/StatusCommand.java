package io.gatehouse.app.watch;

import io.gatehouse.app.Printable;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.HttpSettings;
import io.gatehouse.engine.lag.LagReport;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse status}. */
@Command(
        name = "status",
        description = {
            "The first ten seconds of an incident on one screen: the worst verdict, what instances say of their health, how"
                    + " much they process and refuse, the age of events at their commit, the ledger, lag partition by"
                    + " partition, and who is in the group.",
            "Asks Kafka as 'gatehouse lag' does, and instances at /health and /metrics. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse status --config gatehouse.properties",
            "  gatehouse status --config gatehouse.properties --watch --url http://host-1:8080 --url http://host-2:8080",
            "  gatehouse status --config gatehouse.properties --json | jq '.instances[].reasons'",
            "",
            "Exit codes: 0 all is well; 1 failed; 2 wrong usage; 3 not all is well, or it is not known."
        })
public final class StatusCommand implements Callable<Integer> {
    private static final int MOST_URLS = 64;

    /** As many instances are asked at a time. */
    private static final int ASKERS = 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where an instance serves its health and metrics; at most " + MOST_URLS
                    + ". Default: http.address and http.port, if it answers there.")
    private final List<String> urls = new ArrayList<>();

    @Mixin
    private WatchOptions watch;

    @Override
    public Integer call() {
        Looking looking = new Looking(watch, spec.commandLine());
        List<URI> named = urls.stream().map(this::parsed).toList();
        if (named.size() > MOST_URLS) {
            throw new ParameterException(spec.commandLine(), "--url may be given " + MOST_URLS + " times at most");
        }
        Configuration configuration = options.load(Configuration.Broker.NEEDED);
        List<InstanceWatch> instances = (named.isEmpty() ? usual(configuration.http()) : named)
                .stream().map(InstanceWatch::new).toList();
        Executor askers = askers();
        try (KafkaView kafka = KafkaView.open(configuration)) {
            return looking.run(nowNs -> {
                List<CompletableFuture<Instance>> asked = instances.stream()
                        .map(instance -> CompletableFuture.supplyAsync(() -> instance.look(nowNs), askers))
                        .toList();
                return status(kafka, nowNs, asked, !named.isEmpty());
            });
        }
    }

    /** When Kafka is away, instances can still say what that does to them. */
    private static Status status(
            KafkaView kafka, long nowNs, List<CompletableFuture<Instance>> asked, boolean isComplete) {
        LagReport lag = null;
        String trouble = null;
        try {
            lag = kafka.look(nowNs);
        } catch (CommandFailure e) {
            trouble = e.getMessage();
        }
        List<Instance> instances = asked.stream().map(CompletableFuture::join).toList();
        return new Status(lag, trouble, instances, isComplete, Instant.now());
    }

    /** They need not be waited for at the end. */
    private static Executor askers() {
        return Executors.newFixedThreadPool(ASKERS, work -> {
            Thread thread = new Thread(work, "status-asker");
            thread.setDaemon(true);
            return thread;
        });
    }

    private URI parsed(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new ParameterException(
                spec.commandLine(),
                "--url " + Printable.excerpt(url) + " is none: write http:// or https://, a host and a port");
    }

    /** Where a process with this configuration tells of its health; nowhere, or at a port that it chose itself: unknown. */
    private static List<URI> usual(HttpSettings http) {
        boolean isApart = http.management().port().isPresent();
        HttpSettings.Endpoint health = isApart ? http.management() : http.main();
        if (health.port().isEmpty() || health.port().getAsInt() == 0) {
            return List.of();
        }
        boolean isEncrypted =
                isApart ? http.isManagementEncrypted() : http.tls().isPresent();
        String host = health.address().contains(":") ? "[" + health.address() + "]" : health.address();
        return List.of(URI.create((isEncrypted ? "https://" : "http://") + host + ":"
                + health.port().getAsInt()));
    }
}
