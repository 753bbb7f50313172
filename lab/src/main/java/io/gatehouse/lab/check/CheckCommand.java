package io.gatehouse.lab.check;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.Span;
import io.gatehouse.reference.CheckReport;
import io.gatehouse.reference.Checker.Closed;
import io.gatehouse.reference.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab check}. */
@Command(
        name = "check",
        description =
                "Reads a pipeline's topics from their beginning and checks that each input record came out exactly"
                        + " once, in its user's order, and with every byte as the contract says; and that generated records came"
                        + " to the outcome they were made for. Closed sessions and statistics are checked too, where they"
                        + " have topics. The input must still be whole: nothing expired, nothing judged before its"
                        + " oldest record.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab check",
            "  gatehouse lab check --bootstrap 127.0.0.1:19092 --application-id demo --wait 2m",
            "",
            "Exit codes: 0 content, 1 not content or not possible, 2 wrong usage."
        })
public final class CheckCommand implements Callable<Integer> {
    private static final String SESSIONS = "login-sessions";
    private static final String STATISTICS = "login-stats";
    private static final String OFF = "off";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka to read from. Default: ${DEFAULT-VALUE}.")
    private String bootstrap;

    @Option(
            names = "--application-id",
            paramLabel = "ID",
            defaultValue = "gatehouse",
            description = "The pipeline's application.id. Default: ${DEFAULT-VALUE}.")
    private String applicationId;

    @Option(
            names = "--input",
            paramLabel = "TOPIC",
            defaultValue = "user-login",
            description = "Login events. Default: ${DEFAULT-VALUE}.")
    private String input;

    @Option(
            names = "--processed",
            paramLabel = "TOPIC",
            defaultValue = "processed-user-login",
            description = "Accepted ones. Default: ${DEFAULT-VALUE}.")
    private String processed;

    @Option(
            names = "--dead-letters",
            paramLabel = "TOPIC",
            defaultValue = "user-login-dlq",
            description = "Refused ones. Default: ${DEFAULT-VALUE}.")
    private String deadLetters;

    @Option(
            names = "--sessions-topic",
            paramLabel = "TOPIC",
            description =
                    "Closed sessions; off to leave them out. Default: " + SESSIONS + ", if there is such a topic.")
    private String sessions;

    @Option(
            names = "--stats-topic",
            paramLabel = "TOPIC",
            description = "Statistics; off to leave them out. Default: " + STATISTICS + ", if there is such a topic.")
    private String statistics;

    @Option(
            names = "--all-sessions-closed",
            description = "Expect every session: silence on the clock has closed those that no login has.")
    private boolean allSessionsClosed;

    @Option(
            names = "--no-profile",
            description =
                    "Expect nothing to be remembered of users, and no sessions or statistics: the pipeline runs with"
                            + " profile.enabled=false.")
    private boolean noProfile;

    @Option(
            names = "--session-gap",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "30m",
            description = "The pipeline's session.gap. Default: ${DEFAULT-VALUE}.")
    private Duration sessionGap;

    @Option(
            names = "--sessions-lateness",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "5m",
            description = "The pipeline's sessions.lateness. Default: ${DEFAULT-VALUE}.")
    private Duration sessionsLateness;

    @Option(
            names = "--stats-window",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "1m",
            description = "The pipeline's stats.window. Default: ${DEFAULT-VALUE}.")
    private Duration statsWindow;

    @Option(
            names = "--geo",
            paramLabel = "FILE",
            description = "The geo table that the pipeline uses. Default: the built-in one.")
    private Path geo;

    @Option(
            names = "--no-places",
            description = "Expect geo to be null: the pipeline runs without a table (geo.required=false).")
    private boolean noPlaces;

    @Option(
            names = "--wait",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "60s",
            description =
                    "How long the pipeline may take to reach the end of its input, and then as long again to publish"
                            + " sessions and statistics. Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A setting for the Kafka clients, such as security.protocol. May be repeated.")
    private Map<String, String> kafka = new HashMap<>();

    @Override
    public Integer call() {
        if (noProfile && (sessions != null || statistics != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--no-profile goes without --sessions-topic and --stats-topic.");
        }
        PipelineCheck.Report report;
        try {
            report = PipelineCheck.run(settings(), noPlaces ? ExpectedPlaces.none() : ExpectedPlaces.of(geo));
        } catch (CheckImpossible e) {
            throw new CommandFailure("the check is not possible: " + e.getMessage() + ".", e);
        }
        print(spec.commandLine().getOut(), report);
        return report.isContent() ? 0 : 1;
    }

    private CheckSettings settings() {
        Map<String, Object> clients = new HashMap<>(kafka);
        clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return new CheckSettings(clients, applicationId, input, processed, deadLetters, wait)
                .with(
                        noProfile ? CheckSettings.Published.NOTHING : published(clients),
                        new Settings(
                                Settings.DEFAULTS.maxEventBytes(),
                                sessionGap.toMillis(),
                                Settings.DEFAULTS.retentionMs(),
                                sessionsLateness.toMillis(),
                                statsWindow.toMillis(),
                                !noProfile));
    }

    private CheckSettings.Published published(Map<String, Object> clients) {
        String sessionsTopic = topic(sessions, SESSIONS, clients);
        if (allSessionsClosed && sessionsTopic == null) {
            throw new ParameterException(spec.commandLine(), "--all-sessions-closed needs a topic of sessions.");
        }
        Closed closed = allSessionsClosed ? Closed.ALL : Closed.BY_LOGINS;
        return new CheckSettings.Published(
                sessionsTopic,
                sessionsTopic == null ? Closed.UNCHECKED : closed,
                topic(statistics, STATISTICS, clients));
    }

    /** The topic that was given, or else the usual one; null when there is none, or none is to be checked. */
    private static String topic(String given, String usual, Map<String, Object> clients) {
        if (given != null) {
            return given.equals(OFF) ? null : given;
        }
        try {
            return TopicReader.exists(clients, usual) ? usual : null;
        } catch (KafkaException e) {
            throw new CheckImpossible("Kafka cannot be asked: " + e.getMessage(), e);
        }
    }

    private static void print(PrintWriter out, PipelineCheck.Report report) {
        CheckReport against = report.against();
        out.printf(
                Locale.ROOT,
                "%,d in, %,d processed, %,d dead letters; %,d exactly as they must be.%n",
                against.inputs(),
                against.processed(),
                against.deadLetters(),
                against.agreed());
        if (against.sessions() > 0 || against.statistics() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d closed sessions, %,d keys of statistics.%n",
                    against.sessions(),
                    against.statistics());
        }
        report.outcomes().forEach((outcome, count) -> out.printf(Locale.ROOT, "  %,12d  %s%n", count, outcome));
        against.counts().forEach((kind, count) -> out.printf(Locale.ROOT, "%,d differences of kind %s%n", count, kind));
        List<String> differences = report.differences();
        differences.forEach(difference -> out.println("  " + difference));
        out.println(report.isContent() ? "Content." : "NOT content.");
        out.flush();
    }
}
