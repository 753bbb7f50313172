package io.gatehouse.app.config;

import io.gatehouse.core.login.FieldNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What values a key may have.
 *
 * @param allowed completes the sentence "must be …"
 * @param read gives the value, or nothing when the text is not allowed
 */
record Kind<T>(String allowed, Function<String, Optional<T>> read) {
    /** Stands for "chosen by Gatehouse" wherever a choice depends on the machine or the cluster. */
    static final String AUTO = "auto";

    /** Stands for "not at all" wherever something may be left out. */
    static final String OFF = "off";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    static Kind<Integer> wholeNumber(int min, int max) {
        return new Kind<>("a whole number from " + min + " to " + max, text -> integer(text, min, max));
    }

    /** Empty stands for the word. */
    static Kind<OptionalInt> wholeNumberOr(String word, int min, int max) {
        return new Kind<>(
                "'" + word + "' or a whole number from " + min + " to " + max,
                text -> text.equals(word)
                        ? Optional.of(OptionalInt.empty())
                        : integer(text, min, max).map(OptionalInt::of));
    }

    /** A number of milliseconds, seconds, minutes, hours or days; the unit is part of it. */
    static Kind<Duration> duration(String min, String max) {
        Duration least = parseDuration(min).orElseThrow();
        Duration most = parseDuration(max).orElseThrow();
        return new Kind<>(
                "a duration from " + min + " to " + max + ", with its unit (ms, s, m, h or d)",
                text -> parseDuration(text).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
    }

    /** A number of bytes, KiB, MiB or GiB; the unit is part of it. */
    static Kind<Integer> size(String min, String max) {
        long least = parseSize(min).orElseThrow();
        long most = parseSize(max).orElseThrow();
        return new Kind<>(
                "a size from " + min + " to " + max + ", with its unit (B, KiB, MiB or GiB)",
                text -> parseSize(text).filter(s -> s >= least && s <= most).map(Math::toIntExact));
    }

    static Kind<Boolean> flag() {
        return new Kind<>("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** One of an enumeration's constants, written in lower case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String words = Arrays.stream(constants).map(Kind::word).collect(Collectors.joining(", "));
        return new Kind<>("one of " + words, text -> Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst());
    }

    static Kind<String> topic() {
        return new Kind<>(
                "a topic name: 1 to 249 of the characters a-z A-Z 0-9 . _ -, and neither '.' nor '..'",
                text -> Optional.of(text).filter(t -> TOPIC.matcher(t).matches() && !t.equals(".") && !t.equals("..")));
    }

    /** Part of a name in Kafka, so of the characters that topic names allow. */
    static Kind<String> identifier(int maxLength) {
        Pattern pattern = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0," + (maxLength - 1) + "}");
        return new Kind<>(
                "1 to " + maxLength + " of the characters a-z A-Z 0-9 . _ -, the first a letter or digit",
                text -> Optional.of(text).filter(t -> pattern.matcher(t).matches()));
    }

    static Kind<String> text(String allowed) {
        return new Kind<>(allowed, text -> Optional.of(text).filter(t -> !t.isBlank()));
    }

    /** What can be the path of a file, whether there is one or not. */
    static Kind<String> path(String allowed) {
        return new Kind<>(allowed, text -> Optional.of(text).filter(t -> !t.isBlank() && isPath(t)));
    }

    private static boolean isPath(String text) {
        try {
            Path.of(text);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Nothing is a value, too. */
    static Kind<String> anyText() {
        return new Kind<>("any text", Optional::of);
    }

    /** What a producer may call a field that is read. */
    static Kind<String> memberName() {
        return new Kind<>(
                "the name of a member of the event: not empty, and not '" + FieldNames.RESERVED
                        + "', which Gatehouse adds",
                text -> Optional.of(text).filter(t -> FieldNames.isName(t) && !t.equals(FieldNames.RESERVED)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> integer(String text, int min, int max) {
        if (!text.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(text)).filter(number -> number >= min && number <= max);
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    private static Optional<Long> parseSize(String text) {
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "B" -> number;
                    case "KiB" -> number << 10;
                    case "MiB" -> number << 20;
                    default -> number << 30;
                });
    }
}
