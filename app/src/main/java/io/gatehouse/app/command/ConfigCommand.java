package io.gatehouse.app.command;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse config}. */
@Command(
        name = "config",
        description = "Shows the configuration in effect: each key, its value and where that comes from."
                + " Secrets are hidden.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse config --config gatehouse.properties",
            "  gatehouse config --config gatehouse.properties -D input.topic=logins --check",
            "  gatehouse config --reference > gatehouse.properties"
        })
final class ConfigCommand implements Callable<Integer> {
    private static final String REFERENCE = "/io/gatehouse/app/gatehouse-reference.properties";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @ArgGroup
    private Instead instead = new Instead();

    /** What is done instead of showing. */
    private static final class Instead {
        @Option(
                names = "--check",
                description = "Only validates, as 'gatehouse run' would: reports every mistake at once, and exits 1 if"
                        + " there is any.")
        private boolean check;

        @Option(
                names = "--reference",
                description = "Prints the reference file: every key with its default and the reason for it.")
        private boolean reference;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (instead.reference) {
            out.print(reference());
        } else if (instead.check) {
            options.load(Configuration.Broker.NEEDED);
            out.println("the configuration is valid");
        } else {
            show(options.load(Configuration.Broker.NOT_NEEDED), out);
        }
        out.flush();
        return 0;
    }

    private static void show(Configuration configuration, PrintWriter out) {
        String row =
                "%-" + width(configuration, Entry::key) + "s  %-" + width(configuration, Entry::shownValue) + "s  %s%n";
        configuration.entries().forEach(entry -> out.printf(row, entry.key(), entry.shownValue(), entry.origin()));
    }

    private static int width(Configuration configuration, Function<Entry, String> column) {
        return configuration.entries().stream()
                .mapToInt(entry -> column.apply(entry).length())
                .max()
                .orElse(1);
    }

    private static String reference() {
        try (InputStream in = ConfigCommand.class.getResourceAsStream(REFERENCE)) {
            if (in == null) {
                throw new IllegalStateException(REFERENCE + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
