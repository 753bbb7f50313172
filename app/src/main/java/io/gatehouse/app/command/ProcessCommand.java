package io.gatehouse.app.command;

import io.gatehouse.app.Places;
import io.gatehouse.app.Printable;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.lines.LineCounts;
import io.gatehouse.app.lines.LineRun;
import io.gatehouse.app.lines.ReaderGoneException;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.profile.UserBudget;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse process}. */
@Command(
        name = "process",
        description = {
            "Judges login events without Kafka: JSON lines in, processed lines on standard output, in input order.",
            "Users are remembered from line to line, as in a partition. Refused lines are counted by reason on standard"
                    + " error, and kept with --dead-letters; they do not change the exit code."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse process logins.jsonl > processed.jsonl",
            "  zcat logins.jsonl.gz | gatehouse process --dead-letters refused.jsonl | jq .enrichment.geo",
            "  jq -r .value refused.jsonl | base64 -d"
        })
final class ProcessCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = STANDARD_INPUT,
            description = "One event a line; - or nothing is standard input.")
    private String file;

    @Option(
            names = "--dead-letters",
            paramLabel = "FILE",
            description = "Where refused lines go, one JSON object each: reason, field (where there is one), line (from"
                    + " 1) and value (the original, base64). An existing file is replaced.")
    private Path deadLetters;

    @Override
    public Integer call() {
        Configuration configuration = options.load(Configuration.Broker.NOT_NEEDED);
        if (!isStandardInput() && deadLetters != null && isSameFile(Path.of(file), deadLetters)) {
            throw new CommandFailure("--dead-letters names the input itself; choose another file");
        }
        try (InputStream in = openInput();
                OutputStream refused = openDeadLetters();
                PartitionJudge judge = judge(configuration)) {
            LineCounts counts = new LineRun(
                            judge, InstantSource.system(), in, new FileOutputStream(FileDescriptor.out), refused)
                    .run();
            spec.commandLine().getErr().println(counts);
            spec.commandLine().getErr().flush();
            return 0;
        } catch (ReaderGoneException e) {
            return 0;
        } catch (IOException e) {
            throw new CommandFailure(Printable.excerpt(name() + ": " + e.getMessage()), e);
        }
    }

    private PartitionJudge judge(Configuration configuration) {
        return new PartitionJudge(
                configuration.engine().judge(),
                Places.open(configuration.geo()).table(),
                new UserBudget(configuration.engine().maxUsers()),
                name(),
                0);
    }

    /** The file's name as it appears in {@code source.topic}. */
    private String name() {
        return isStandardInput() ? "stdin" : Path.of(file).getFileName().toString();
    }

    private boolean isStandardInput() {
        return file.equals(STANDARD_INPUT);
    }

    private InputStream openInput() throws IOException {
        if (isStandardInput()) {
            return System.in;
        }
        if (Files.isDirectory(Path.of(file))) {
            throw new CommandFailure(Printable.excerpt(file) + " is a directory; name a file of JSON lines");
        }
        try {
            return new FileInputStream(file);
        } catch (FileNotFoundException e) {
            throw new CommandFailure("cannot read " + Printable.excerpt(String.valueOf(e.getMessage())), e);
        }
    }

    private OutputStream openDeadLetters() {
        if (deadLetters == null) {
            return null;
        }
        try {
            return Files.newOutputStream(deadLetters);
        } catch (IOException e) {
            throw new CommandFailure("cannot write --dead-letters " + Printable.excerpt(e.toString()), e);
        }
    }

    private static boolean isSameFile(Path input, Path output) {
        try {
            return Files.exists(output) && Files.isSameFile(input, output);
        } catch (IOException e) {
            return false;
        }
    }
}
