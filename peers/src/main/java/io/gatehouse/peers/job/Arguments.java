package io.gatehouse.peers.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a contestant is told on its command line: {@code key=value}, each key at most once. */
public final class Arguments {
    /** What every contestant must be told. */
    private static final List<String> COMMON = List.of(
            "bootstrap.servers",
            "application",
            "input",
            "processed",
            "dead-letters",
            "partitions",
            "threads",
            "commit.interval.ms",
            "places",
            "state.dir");

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a command line.
     *
     * @param knobs a contestant's own keys, with their defaults
     * @throws IllegalArgumentException that names every mistake
     */
    public static Arguments of(String[] arguments, Map<String, String> knobs) {
        Map<String, String> given = new HashMap<>();
        List<String> mistakes = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0) {
                mistakes.add(argument + " is not key=value");
            } else if (!COMMON.contains(key) && !knobs.containsKey(key)) {
                mistakes.add(key + " is unknown");
            } else if (given.put(key, argument.substring(equals + 1)) != null) {
                mistakes.add(key + " is given twice");
            }
        }
        COMMON.stream().filter(key -> !given.containsKey(key)).forEach(key -> mistakes.add(key + " is missing"));
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        Map<String, String> values = new HashMap<>(knobs);
        values.putAll(given);
        return new Arguments(values);
    }

    /** Where the brokers are, as Kafka's clients take it. */
    public String bootstrap() {
        return text("bootstrap.servers");
    }

    /** With what the names of groups, transactions and internal topics begin. */
    public String application() {
        return text("application");
    }

    public String input() {
        return text("input");
    }

    public String processed() {
        return text("processed");
    }

    public String deadLetters() {
        return text("dead-letters");
    }

    public int threads() {
        return number("threads");
    }

    /** Time from one commit or checkpoint to the next, milliseconds. */
    public int commitIntervalMs() {
        return number("commit.interval.ms");
    }

    /** An MMDB file. */
    public Path places() {
        return Path.of(text("places"));
    }

    /** An empty directory of this contestant's own. */
    public Path stateDir() {
        return Path.of(text("state.dir")).toAbsolutePath();
    }

    /** The value of a key that is known to be there. */
    public String text(String key) {
        return values.get(key);
    }

    /** @throws IllegalArgumentException when the key's value is no number from 0 on */
    public int number(String key) {
        String value = text(key);
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a number, not " + value, e);
        }
    }

    /** @throws IllegalArgumentException when the key's value is neither true nor false */
    public boolean flag(String key) {
        return choice(key, "true", "false").equals("true");
    }

    /** @throws IllegalArgumentException when the key's value is none of the choices */
    public String choice(String key, String... choices) {
        String value = text(key);
        if (!List.of(choices).contains(value)) {
            throw new IllegalArgumentException(key + " must be one of " + List.of(choices) + ", not " + value);
        }
        return value;
    }
}
