package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.ConfigurationException;
import io.gatehouse.app.config.Entry;
import io.gatehouse.app.config.Mistake;
import io.gatehouse.app.config.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Any text, as a file and as definitions on the command line, gives a configuration or the list of its mistakes: each with
 * the key or the place. Nothing of what may be shown of it holds a secret, or a character that a terminal obeys.
 */
final class ConfigurationProperty implements Property {
    /** Reads a configuration. */
    @FunctionalInterface
    interface Loader {
        Configuration load(Sources sources, Configuration.Broker broker);
    }

    /** Stands in no input but by a chance in billions of years. */
    private static final String SECRET = "Vr7-uT0wKq";

    /** Stand before each input, which may spoil them, but not what they hide. */
    private static final List<String> SECRETS = List.of(
            "http.tls.password=" + SECRET,
            "kafka.ssl.key.password=" + SECRET,
            "kafka.consumer.sasl.jaas.config=" + SECRET + " required");

    /** The same by somebody who makes mistakes, so that nothing behind them is a configuration. */
    private static final List<String> MISTAKEN_SECRETS = List.of(
            "htpt.tls.pasword=" + SECRET,
            "kafka.ssl.key.pasword=" + SECRET,
            "kafka.ssl.key.pasword=" + SECRET,
            "kafka.ssl.keystore.password: " + SECRET,
            "kafka.producer.sasl.oauthbearer.client.secret " + SECRET);

    private static final int MOST_DEFINITIONS = 20;

    private final Loader loader;
    private final Path file;

    ConfigurationProperty(Loader loader) {
        this.loader = loader;
        this.file = temporaryFile();
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("gatehouse-fuzz", ".properties");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void holdsFor(byte[] input) {
        if (new String(input, ISO_8859_1).contains(SECRET)) {
            return;
        }
        load(new Sources(written(SECRETS, input), Map.of(), List.of()), Configuration.Broker.NEEDED);
        load(new Sources(null, Map.of(), definitions(SECRETS, input)), Configuration.Broker.NOT_NEEDED);
        load(
                new Sources(written(MISTAKEN_SECRETS, input), Map.of(), definitions(MISTAKEN_SECRETS, input)),
                Configuration.Broker.NOT_NEEDED);
    }

    private Path written(List<String> before, byte[] input) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        before.forEach(line -> content.writeBytes(bytes(line + "\n")));
        content.writeBytes(input);
        try {
            // A new file each time: some file systems wait for the disk when one is emptied and written again.
            Files.deleteIfExists(file);
            return Files.write(file, content.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> definitions(List<String> before, byte[] input) {
        List<String> definitions = new ArrayList<>(before);
        new String(input, UTF_8).lines().limit(MOST_DEFINITIONS).forEach(definitions::add);
        return definitions;
    }

    private void load(Sources sources, Configuration.Broker broker) {
        try {
            Configuration configuration = loader.load(sources, broker);
            for (Entry entry : configuration.entries()) {
                mayBeShown(entry.shownValue());
            }
        } catch (ConfigurationException refused) {
            PropertyBroken.unless(!refused.mistakes().isEmpty(), "a refusal without a mistake");
            for (Mistake mistake : refused.mistakes()) {
                PropertyBroken.unless(
                        !mistake.key().isEmpty() || mistake.origin() != null,
                        "a mistake that names nothing: " + mistake);
                PropertyBroken.unless(!mistake.problem().isBlank(), "a mistake that says nothing: " + mistake);
                mayBeShown(mistake.toString());
            }
            refused.getMessage().lines().forEach(ConfigurationProperty::mayBeShown);
        }
    }

    private static void mayBeShown(String text) {
        PropertyBroken.unless(!text.contains(SECRET), "a secret is shown: " + text);
        int at = firstDangerous(text);
        PropertyBroken.unless(at < 0, "a character is shown that a terminal obeys, at " + at + " of: " + text);
    }

    /** Index of the first character that could move a cursor, turn the reading direction or begin a line; -1 for none. */
    private static int firstDangerous(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isControl = c < 0x20 || c >= 0x7f && c < 0xa0;
            boolean isInvisible = c == 0xad || c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e;
            if (isControl || isInvisible || c >= 0x2060 && c <= 0x206f || c == 0xfeff) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                bytes("""
                        # all that a start needs
                        kafka.bootstrap.servers=localhost:9092
                        """),
                bytes("""
                        kafka.bootstrap.servers = broker1:9092, [::1]:9092
                        application.id: gatehouse-2
                        input.topic user.login
                        session.gap=30m
                        max.event.bytes=64KiB
                        worker.threads=auto
                        http.port=off
                        kafka.consumer.group.protocol=classic
                        kafka.consumer.session.timeout.ms=10000
                        kafka.producer.linger.ms=5
                        """),
                bytes("""
                        ! everything wrong\r
                        aplication.id=x
                        session.gap=0
                        http.port=99999
                        input.fields.ip=locale
                        kafka.consumer.group.id=mine
                        kafka.producer.acks=1
                        kafka.nonsense=\\u001b[31m
                        kafka.bootstrap.servers=here
                        log.level=\\
                           debug
                        =
                        geo.database=/nowhere/\\u0041
                        session.gap=1m
                        """),
                bytes("http.tls.certificate=/a.pem\nhttp.address=0.0.0.0\nhttp.management-port=8080\nbad=\\u12"),
                new byte[] {'a', '=', (byte) 0xff, '\n'});
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "kafka.",
                "kafka.consumer.",
                "kafka.producer.",
                "kafka.admin.",
                "metric.reporters=",
                "security.protocol=",
                "sasl.mechanism=",
                "ssl.protocol=",
                "compression.type=",
                "group.protocol=",
                "request.timeout.ms=",
                "client.id=",
                "metrics.num.samples=",
                "security.providers=",
                "java.lang.String",
                "\\u0000",
                "\\u001b",
                "\u202e",
                "KiB",
                "ms",
                "off",
                "auto",
                "true"));
        keys().forEach(key -> words.add(key + "="));
        return words;
    }

    /** Gatehouse's own, as a configuration lists them. */
    private static List<String> keys() {
        return Configuration.load(new Sources(null, Map.of(), List.of()), Configuration.Broker.NOT_NEEDED)
                .entries()
                .stream()
                .map(Entry::key)
                .filter(key -> !key.startsWith("kafka."))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
