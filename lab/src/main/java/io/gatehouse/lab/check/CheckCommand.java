package io.gatehouse.lab.check;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.generate.Span;
import io.gatehouse.reference.CheckReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab check}. */
@Command(
        name = "check",
        description =
                "Reads a pipeline's topics from their beginning and checks that each input record came out exactly"
                        + " once, in its user's order, and with every byte as the contract says; and that generated records came"
                        + " to the outcome they were made for. The input must still be whole: nothing expired, nothing judged"
                        + " before its oldest record.",
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
            description = "How long the pipeline may take to reach the end of its input. Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A setting for the Kafka clients, such as security.protocol. May be repeated.")
    private Map<String, String> kafka = new HashMap<>();

    @Override
    public Integer call() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        PipelineCheck.Report report;
        try {
            report = PipelineCheck.run(
                    new CheckSettings(settings, applicationId, input, processed, deadLetters, wait),
                    noPlaces ? ExpectedPlaces.none() : ExpectedPlaces.of(geo));
        } catch (CheckImpossible e) {
            throw new CommandFailure("the check is not possible: " + e.getMessage() + ".", e);
        }
        print(spec.commandLine().getOut(), report);
        return report.isContent() ? 0 : 1;
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
        report.outcomes().forEach((outcome, count) -> out.printf(Locale.ROOT, "  %,12d  %s%n", count, outcome));
        against.counts().forEach((kind, count) -> out.printf(Locale.ROOT, "%,d differences of kind %s%n", count, kind));
        if (!report.unintended().isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "%,d not as the generator intended%n",
                    report.unintended().size());
        }
        List<String> differences = report.differences();
        differences.forEach(difference -> out.println("  " + difference));
        out.println(report.isContent() ? "Content." : "NOT content.");
        out.flush();
    }
}
