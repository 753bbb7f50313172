package io.gatehouse.app.dlq;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as an option names it: a time, epoch milliseconds, or how long ago. */
record Moment(Instant at) {
    static final String FORMS = "a time (2024-03-01T12:00:00Z), epoch milliseconds, or how long ago (90s, 15m, 2h, 3d)";

    private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Pattern EPOCH_MS = Pattern.compile("[0-9]{1,15}");
    private static final Map<String, TimeUnit> UNITS =
            Map.of("s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS, "d", TimeUnit.DAYS);

    /** @throws IllegalArgumentException when the text is none of {@link #FORMS} */
    static Moment parse(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return new Moment(now.minusSeconds(UNITS.get(ago.group(2)).toSeconds(Long.parseLong(ago.group(1)))));
        }
        if (EPOCH_MS.matcher(text).matches()) {
            return new Moment(Instant.ofEpochMilli(Long.parseLong(text)));
        }
        try {
            return new Moment(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("none of: " + FORMS, e);
        }
    }

    static final class Converter implements ITypeConverter<Moment> {
        @Override
        public Moment convert(String text) {
            try {
                return parse(text, Instant.now());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is " + e.getMessage());
            }
        }
    }
}
