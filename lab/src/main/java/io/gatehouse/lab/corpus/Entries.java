package io.gatehouse.lab.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.generate.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Takes the records of one family, and makes the good logins that they are made of. */
final class Entries {
    /** The Kafka timestamp of records where nothing else is said. */
    static final long RECORD_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    /** The {@code timestamp} of good logins: a little before. */
    static final long LOGIN_S = RECORD_MS / 1000 - 600;

    /** In the texts of all events, so that a text which comes out where none may is found. */
    static final String MARK = "zq7canary";

    private final Family family;
    private final List<CorpusRecord> records = new ArrayList<>();
    private int users;

    Entries(Family family) {
        this.family = family;
    }

    /** A good login of a user of its own, with all fields and one more. */
    Draft good() {
        return good(MARK + "-" + family.name().toLowerCase(Locale.ROOT) + "-" + users++);
    }

    /** A good login of this user. */
    static Draft good(String user) {
        return new Draft(user)
                .addText("user_id", user)
                .addText("app_version", "2.3.0")
                .addText("ip", "25.67.253.124")
                .addText("locale", "WA")
                .addText("device_id", "593-47-5928")
                .add("timestamp", Long.toString(LOGIN_S))
                .addText("device_type", "iOS")
                .addText("note", MARK);
    }

    /**
     * An ordinary login.
     *
     * @param number no two have the same user
     * @param fits whether it may be this user's
     */
    static Draft ordinary(int number, Predicate<String> fits) {
        return good(IntStream.iterate(0, attempt -> attempt + 1)
                .mapToObj(attempt -> MARK + "-good-" + number + "-" + attempt)
                .filter(fits)
                .findFirst()
                .orElseThrow());
    }

    void add(String name, Draft event, Expectation expected) {
        add(record(name, event, expected));
    }

    void add(String name, String user, String value, Expectation expected) {
        add(name, user, value.getBytes(UTF_8), expected);
    }

    void add(String name, String user, byte[] value, Expectation expected) {
        add(record(name, user, value, expected));
    }

    void add(CorpusRecord record) {
        records.add(record);
    }

    /** A record of this event, keyed by its user, to be made odd in other ways. */
    CorpusRecord record(String name, Draft event, Expectation expected) {
        return record(name, event.user(), event.bytes(), expected);
    }

    /** @param value may be null */
    CorpusRecord record(String name, String user, byte[] value, Expectation expected) {
        return new CorpusRecord(family, name, user.getBytes(UTF_8), value, List.of(), RECORD_MS, expected);
    }

    /** The records in the order of their making. */
    List<CorpusRecord> records() {
        return List.copyOf(records);
    }
}
