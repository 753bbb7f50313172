package io.gatehouse.app.dlq;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.engine.replay.ReplayLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse dlq export}. */
@Command(
        name = "export",
        description = {
            "Writes dead letters to a file, a JSON object a line: what list tells, and headers, key and value in base64 and,"
                    + " where they are UTF-8, as text.",
            "The file appears under its name when it is complete."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dlq export --config gatehouse.properties --out letters.jsonl",
            "  gatehouse dlq export --config gatehouse.properties --reason invalid_ip --from 1d --out /var/tmp",
            "",
            "Exit codes: 0 written, 1 failed, and --out is as it was, 2 wrong usage."
        })
final class ExportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Mixin
    private FilterOptions filter;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where they go; in a directory, to a file that is named after the dead-letter topic.")
    private Path out;

    @Option(names = "--force", description = "Replaces a file that is there already.")
    private boolean force;

    @Override
    public void run() {
        Access.with(spec, options, this::export);
    }

    private void export(Access access) {
        Path file =
                Files.isDirectory(out) ? out.resolve(access.settings().topics().deadLetters() + ".jsonl") : out;
        try {
            if (!force && Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            long letters = write(access, file);
            spec.commandLine().getOut().printf(Locale.ROOT, "%s: %,d letters%n", file, letters);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(file + " is there already; --force replaces it", e);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private long write(Access access, Path file) throws IOException {
        Path whole = file.toAbsolutePath()
                .resolveSibling(
                        "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        ReplayLog replayed = access.replayed();
        long[] letters = new long[1];
        try {
            try (Writer to = Files.newBufferedWriter(whole, US_ASCII)) {
                access.read(filter.filter(), letter -> {
                    letters[0]++;
                    boolean isReplayed = replayed.contains(
                            letter.place().partition(), letter.place().offset());
                    JsonOut.line(to, json -> {
                        JsonOut.write(json, LetterSummary.of(letter, isReplayed));
                        JsonOut.writeContent(json, letter);
                    });
                });
            }
            Files.move(whole, file, force ? REPLACING : new CopyOption[0]);
            return letters[0];
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static final CopyOption[] REPLACING = {StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING};
}
