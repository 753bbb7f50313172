package io.gatehouse.lab.corpus;

import io.gatehouse.app.SearchBar;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.Span;
import io.gatehouse.lab.broker.BrokerException;
import io.gatehouse.lab.broker.BrokerLogs;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.check.CheckImpossible;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab corpus}. */
@Command(
        name = "corpus",
        description =
                "Sends thousands of bad and odd records through a Gatehouse of its own, each with a good login of another"
                        + " user right behind it in the same partition, and checks that each comes out exactly once, as it was"
                        + " made to and as the contract says, that the good logins come out in time, and that no text of"
                        + " an event is found in log, metrics or health.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab corpus",
            "  gatehouse lab corpus --out ./corpus",
            "  gatehouse lab corpus -D input.partitioning=rekey",
            "  gatehouse lab corpus --bootstrap 127.0.0.1:19092 --rate 200 --logs ./logs",
            "",
            "Exit codes: 0 content, 1 not content or not possible, 2 wrong usage."
        })
public final class CorpusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka to use; topics called corpus-… are made there and left. Default: an embedded broker.")
    private String bootstrap;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Odd records a second, with as many good logins. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--within",
            paramLabel = "SPAN",
            converter = Span.class,
            defaultValue = "1s",
            description =
                    "How long a good login may take from its acknowledgement until it is committed and read. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Duration within;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Keep Gatehouse's log here. Default: a temporary directory, which is told.")
    private Path logs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Send nothing: write the records here as JSON lines, to look at.")
    private Path out;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting for Gatehouse, as for 'gatehouse run'. May be repeated.")
    private Map<String, String> extra = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        if (!(rate > 0)) {
            throw new ParameterException(spec.commandLine(), "--rate must be positive.");
        }
        try {
            return out == null ? run() : write();
        } catch (BrokerException | ProcessException | CheckImpossible | KafkaException | IOException e) {
            throw new CommandFailure("the run was not possible: " + e.getMessage(), e);
        }
    }

    private int write() throws IOException {
        List<CorpusRecord> corpus = Corpus.records(System.currentTimeMillis());
        CorpusFiles.write(corpus, out);
        say("%,d records in %s.%n", corpus.size(), out);
        return 0;
    }

    private int run() throws InterruptedException, IOException {
        if (bootstrap != null) {
            return run(bootstrap);
        }
        BrokerLogs.onlyErrors();
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start()) {
            return run(broker.bootstrap());
        }
    }

    private int run(String kafka) throws InterruptedException, IOException {
        Path directory = logs == null ? Files.createTempDirectory("gatehouse-corpus") : Files.createDirectories(logs);
        String name = "corpus-" + Instant.now().getEpochSecond();
        Path log = directory.resolve(name + ".log");
        say("Broker at %s, Gatehouse's log in %s.%n", kafka, log);
        try (CorpusRun run = new CorpusRun(new CorpusRun.Settings(kafka, name, rate, within, log, extra))) {
            // The command that made the topics has set logging up anew.
            BrokerLogs.onlyErrors();
            CorpusReport report = run.run(SearchBar.on(spec.commandLine().getErr()));
            report.print(spec.commandLine().getOut());
            return report.isContent() ? 0 : 1;
        }
    }

    private void say(String format, Object... arguments) {
        PrintWriter to = spec.commandLine().getOut();
        to.printf(Locale.ROOT, format, arguments);
        to.flush();
    }
}
