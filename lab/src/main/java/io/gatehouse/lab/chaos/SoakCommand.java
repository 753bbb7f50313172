package io.gatehouse.lab.chaos;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.Version;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.bench.Machine;
import io.gatehouse.lab.broker.BrokerLogs;
import io.gatehouse.lab.check.CheckImpossible;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.kill.KillReport;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab soak}: does a worker's heap grow? */
@Command(
        name = "soak",
        description =
                "Lets one worker work for long, with the same users all the while and another worker that comes and goes each"
                        + " minute; measures what a full collection leaves of the first one's heap when it has all partitions,"
                        + " and checks all that came out. The heap may grow by less than 5 %% after the warm-up.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab soak",
            "  gatehouse lab soak --minutes 60 --report docs/reliability/soak.json",
            "",
            "Exit codes: 0 content, 1 not content, 2 wrong usage."
        })
public final class SoakCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long, warm-up included. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20",
            description = "Minutes that do not count. Default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Events a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--users", paramLabel = "N", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what came out as JSON, too.")
    private Path report;

    @Override
    public Integer call() throws InterruptedException {
        if (!(warmUp >= 0 && minutes > warmUp && rate > 0 && users > 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--minutes must be more than --warm-up, and --rate and --users must be positive.");
        }
        BrokerLogs.onlyErrors();
        PrintWriter out = spec.commandLine().getOut();
        try {
            Instant begun = Instant.now();
            String commit = KillReport.commit();
            SoakSettings settings = new SoakSettings(
                    seed,
                    Duration.ofMillis((long) (minutes * 60_000)),
                    Duration.ofMillis((long) (warmUp * 60_000)),
                    rate,
                    users,
                    Files.createTempDirectory("gatehouse-soak"));
            out.printf("Seed %d; logs in %s.%n", seed, settings.logs());
            out.flush();
            SoakResult result = new Soak(settings, ExpectedPlaces.of(null), measured -> print(out, measured)).run();
            print(out, result);
            if (report != null) {
                write(commit, begun, settings, result);
            }
            return result.isContent() ? 0 : 1;
        } catch (NotSurvived | ProcessException | CheckImpossible | IOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private static void print(PrintWriter out, SoakResult.Measurement measured) {
        out.printf(Locale.ROOT, "%5d s  %,12d bytes live%n", measured.after().toSeconds(), measured.bytes());
        out.flush();
    }

    private static void print(PrintWriter out, SoakResult result) {
        out.printf(
                Locale.ROOT,
                "%s, in %d rebalances; %,d events checked.%n",
                Double.isNaN(result.growth())
                        ? "Too short to tell whether the heap grows"
                        : String.format(Locale.ROOT, "Grown by %.1f %% after the warm-up", result.growth() * 100),
                result.rebalances(),
                result.report().against().agreed());
        result.report().differences().forEach(difference -> out.println("  " + difference));
        out.println(result.isContent() ? "Content." : "NOT content.");
        out.flush();
    }

    private void write(String commit, Instant begun, SoakSettings settings, SoakResult result) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(report, StandardCharsets.UTF_8))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("version", Version.current());
            json.writeStringField("commit", commit);
            json.writeNumberField("seed", settings.seed());
            json.writeStringField("begun", begun.toString());
            json.writeStringField("java", System.getProperty("java.version"));
            json.writeStringField("machine", Machine.describe());
            json.writeNumberField("minutes", minutes);
            json.writeNumberField("warm_up_minutes", warmUp);
            json.writeNumberField("rate", settings.rate());
            json.writeNumberField("users", settings.users());
            json.writeBooleanField("content", result.isContent());
            if (!Double.isNaN(result.growth())) {
                json.writeNumberField("growth", Math.round(result.growth() * 10_000) / 10_000.0);
            }
            json.writeNumberField("rebalances", result.rebalances());
            json.writeNumberField("events_checked", result.report().against().agreed());
            json.writeArrayFieldStart("live_heap");
            for (SoakResult.Measurement measured : result.measurements()) {
                json.writeStartObject();
                json.writeNumberField("after_seconds", measured.after().toSeconds());
                json.writeNumberField("bytes", measured.bytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
