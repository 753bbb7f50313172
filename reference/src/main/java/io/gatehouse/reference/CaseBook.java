package io.gatehouse.reference;

import io.gatehouse.reference.JsonReader.NumberToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The cases that every implementation of the contract must pass, read from the repository's {@code cases}. */
public final class CaseBook {
    /** The topic whose partition 0 holds a case's records, from offset 0. */
    public static final String TOPIC = "user-login";

    /** When a case's events are processed: 2026-01-01T00:00:01Z, epoch milliseconds. */
    public static final long PROCESSED_AT_MS = 1_767_225_601_000L;

    private static final long RECORD_TIMESTAMP_MS = 1_767_225_600_000L;
    private static final String PLACES_FILE = "places.json";

    private final List<LoginCase> cases = new ArrayList<>();
    private final List<PlaceRange> placeRanges = new ArrayList<>();

    /**
     * Addresses with a place.
     *
     * @param first first address, in text
     * @param last last address, in text, of the same family
     * @param geo the contract's {@code geo}
     */
    public record PlaceRange(String first, String last, Map<String, Object> geo) {
        private boolean holds(BigInteger address, int octets) {
            Address from = Address.parse(first);
            return from.octets().size() == octets
                    && number(from.bytes()).compareTo(address) <= 0
                    && number(Address.parse(last).bytes()).compareTo(address) >= 0;
        }
    }

    private CaseBook() {}

    /**
     * Reads all cases.
     *
     * @throws IllegalArgumentException when a file is no case file; the message names it
     */
    public static CaseBook read(Path directory) {
        CaseBook book = new CaseBook();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(book::add);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return book;
    }

    public List<LoginCase> cases() {
        return cases;
    }

    public List<PlaceRange> placeRanges() {
        return placeRanges;
    }

    /** The places that the cases expect. */
    public Places places() {
        return address -> placeRanges.stream()
                .filter(range -> range.holds(number(address), address.length))
                .findFirst()
                .map(PlaceRange::geo)
                .orElse(null);
    }

    private void add(Path file) {
        String name = file.getFileName().toString();
        try {
            Map<String, Object> document = object(JsonReader.read(Files.readString(file, StandardCharsets.UTF_8))
                    .value());
            if (name.equals(PLACES_FILE)) {
                list(document.get("places")).forEach(range -> placeRanges.add(placeRange(object(range))));
            } else {
                list(document.get("cases")).forEach(login -> cases.add(loginCase(name, object(login))));
            }
        } catch (MalformedJson | RuntimeException cause) {
            throw new IllegalArgumentException(name + " is no file of cases: " + cause.getMessage(), cause);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static PlaceRange placeRange(Map<String, Object> range) {
        Map<String, Object> geo = new LinkedHashMap<>();
        object(range.get("geo")).forEach((name, value) -> geo.put(name, placeValue(name, value)));
        return new PlaceRange((String) range.get("first"), (String) range.get("last"), geo);
    }

    private static Object placeValue(String name, Object value) {
        if (value instanceof NumberToken number) {
            return name.equals("accuracy_radius_km")
                    ? (Object) Long.valueOf(number.spelling())
                    : Double.valueOf(number.spelling());
        }
        return value;
    }

    private static LoginCase loginCase(String file, Map<String, Object> members) {
        String name = (String) members.get("name");
        Map<String, Object> changed = members.containsKey("settings") ? object(members.get("settings")) : Map.of();
        Settings settings = new Settings(
                (int) number(changed, "max_event_bytes", Settings.DEFAULTS.maxEventBytes()),
                number(changed, "session_gap_ms", Settings.DEFAULTS.sessionGapMs()),
                number(changed, "retention_ms", Settings.DEFAULTS.retentionMs()),
                number(changed, "sessions_lateness_ms", Settings.DEFAULTS.sessionsLatenessMs()),
                number(changed, "stats_window_ms", Settings.DEFAULTS.statsWindowMs()),
                changed.get("profile_enabled") != Boolean.FALSE,
                fieldNames(changed));
        List<LoginCase.Event> events = list(members.get("events")).stream()
                .map(event -> event(object(event)))
                .toList();
        Publications publications = publications(members);
        boolean tellsTheEnd = publications.tellSessions() || publications.tellStatistics();
        List<Expectation> expectations = members.containsKey("expect") || !tellsTheEnd
                ? list(members.get("expect")).stream()
                        .map(expected -> new Expectation(object(expected)))
                        .toList()
                : Collections.nCopies(events.size(), new Expectation(Map.of()));
        if (name == null || events.isEmpty() || events.size() != expectations.size()) {
            throw new IllegalArgumentException("a case needs a name and an expectation for each event: " + name);
        }
        return new LoginCase(file, name, settings, events, expectations, publications);
    }

    private static Map<String, String> fieldNames(Map<String, Object> settings) {
        Map<String, String> names = new LinkedHashMap<>();
        if (settings.containsKey("fields")) {
            object(settings.get("fields")).forEach((field, name) -> names.put(field, (String) name));
        }
        return names;
    }

    private static Publications publications(Map<String, Object> members) {
        List<Map<String, Object>> sessions = null;
        if (members.containsKey("sessions")) {
            sessions =
                    list(members.get("sessions")).stream().map(CaseBook::object).toList();
        }
        Map<String, Map<String, Object>> statistics = null;
        if (members.containsKey("statistics")) {
            statistics = new LinkedHashMap<>();
            for (Map.Entry<String, Object> value :
                    object(members.get("statistics")).entrySet()) {
                statistics.put(value.getKey(), object(value.getValue()));
            }
        }
        return new Publications(sessions, statistics);
    }

    private static LoginCase.Event event(Map<String, Object> members) {
        byte[] value;
        if (members.containsKey("event")) {
            value = utf8(JsonWriter.write(members.get("event")));
        } else if (members.containsKey("value_base64")) {
            value = Base64.getDecoder().decode((String) members.get("value_base64"));
        } else {
            value = members.get("value") == null ? null : utf8((String) members.get("value"));
        }
        return new LoginCase.Event(value, number(members, "record_timestamp", RECORD_TIMESTAMP_MS));
    }

    private static long number(Map<String, Object> members, String name, long otherwise) {
        Object value = members.get(name);
        return value == null ? otherwise : Long.parseLong(((NumberToken) value).spelling());
    }

    private static BigInteger number(byte[] address) {
        return new BigInteger(1, address);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
