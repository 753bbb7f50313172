package io.gatehouse.app.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.app.Printable;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.lookup.RecordPlace;
import io.gatehouse.engine.replay.Cause;
import io.gatehouse.engine.replay.Letter;
import io.gatehouse.engine.replay.LetterReader;
import io.gatehouse.engine.replay.Verdicts;
import io.gatehouse.engine.worker.Refusal;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse dlq show}. */
@Command(
        name = "show",
        description = {
            "Shows one dead letter: why, when and where it was refused, its headers, key and value as text and hexadecimal,"
                    + " what would be said of it today, and how to read it with kcat.",
            "Shows the event itself: do not let those use it who may not see that."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse dlq show --config gatehouse.properties user-login-dlq/3/17",
            "  gatehouse dlq show --config gatehouse.properties user-login-dlq/3/17 --json",
            "",
            "Exit codes: 0 shown, 1 there is no such letter or Kafka cannot be read, 2 wrong usage."
        })
final class ShowCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Option(names = "--json", description = "As one JSON object, with all bytes in base64.")
    private boolean json;

    @Parameters(paramLabel = "TOPIC/PARTITION/OFFSET", description = "A record of the dead-letter topic.")
    private String place;

    @Override
    public void run() {
        RecordPlace record = parsedPlace();
        Access.with(spec, options, access -> show(access, record));
    }

    private RecordPlace parsedPlace() {
        try {
            return RecordPlace.parse(place);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), Printable.excerpt(place) + " is " + e.getMessage(), e);
        }
    }

    private void show(Access access, RecordPlace record) {
        EngineSettings settings = access.settings();
        if (!record.topic().equals(settings.topics().deadLetters())) {
            throw new Refusal("dead letters are shown, which are in "
                    + settings.topics().deadLetters() + "; 'gatehouse explain' shows records of the input");
        }
        Letter letter = LetterReader.at(access.log().record(record), settings)
                .orElseThrow(() -> new Refusal("the record " + record + " was not written by Gatehouse"));
        LetterSummary summary =
                LetterSummary.of(letter, access.replayed().contains(record.partition(), record.offset()));
        Cause today = new Verdicts(settings.judge()).of(letter.value(), System.currentTimeMillis());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonOut.line(out, object -> {
                JsonOut.write(object, summary);
                object.writeObjectFieldStart("today");
                object.writeBooleanField("accepted", today == null);
                if (today != null) {
                    JsonOut.write(object, today);
                }
                object.writeEndObject();
                JsonOut.writeContent(object, letter);
            });
        } else {
            print(
                    letter,
                    summary,
                    today,
                    String.valueOf(settings.consumer().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)));
        }
    }

    private void print(Letter letter, LetterSummary summary, Cause today, String brokers) {
        PrintWriter out = spec.commandLine().getOut();
        row("letter", summary.place().toString());
        row("refused", summary.failedAt() + ", for the " + ordinal(summary.attempt()) + " time");
        row("cause", summary.cause().toString());
        long timestampMs = summary.source().timestampMs();
        row("source", summary.source() + (timestampMs < 0 ? "" : ", written " + Instant.ofEpochMilli(timestampMs)));
        row("app", summary.app());
        row("replayed", summary.isReplayed() ? "yes" : "no");
        row("today", today == null ? "accepted" : "refused: " + today);
        out.println();
        out.println("headers");
        for (Header header : letter.dead().record().headers()) {
            row(
                    "  " + Printable.excerpt(header.key()),
                    header.value() == null ? "null" : Printable.excerpt(new String(header.value(), UTF_8)));
        }
        print("key", letter.dead().record().key());
        print("value", letter.value());
        out.println();
        out.println("with kcat (add -X options where the cluster asks for credentials)");
        out.println("  "
                + kcat(
                        brokers,
                        summary.place().topic(),
                        summary.place().partition(),
                        summary.place().offset()));
        out.println("  "
                + kcat(
                        brokers,
                        summary.source().topic(),
                        summary.source().partition(),
                        summary.source().offset()));
    }

    private void row(String name, String value) {
        spec.commandLine().getOut().printf(Locale.ROOT, "%-30s %s%n", name, value);
    }

    private static String ordinal(int attempt) {
        return switch (attempt) {
            case 1 -> "first";
            case 2 -> "second";
            case 3 -> "third";
            default -> attempt + "th";
        };
    }

    private void print(String name, byte[] bytes) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(name + (bytes == null ? ": none" : ", " + bytes.length + " bytes"));
        if (bytes != null && bytes.length > 0) {
            HexDump.print(out, bytes);
        }
    }

    private static String kcat(String brokers, String topic, int partition, long offset) {
        return "kcat -b " + brokers + " -C -t " + topic + " -p " + partition + " -o " + offset
                + " -c 1 -X isolation.level=read_committed -f '%h\\n%k\\n%s\\n'";
    }
}
