package io.gatehouse.peers.job;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import io.gatehouse.peers.job.Places.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes processed events: the event's own bytes up to the end of its last member, so that nothing its producer wrote
 * changes, and {@code enrichment} as one member more. Not thread-safe.
 */
final class EnrichmentWriter {
    private static final int USUAL_BYTES = 2048;
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final int SATURDAY = 5;
    /** The first day of 1970, counted from Monday. */
    private static final int THURSDAY = 3;

    private static final String[] DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    private static final DateTimeFormatter WITH_MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final byte[] BEFORE = ",\"enrichment\":".getBytes(StandardCharsets.US_ASCII);
    private static final SerializableString SCHEMA_VERSION = new SerializedString("schema_version");
    private static final SerializableString EVENT_TIME = new SerializedString("event_time");
    private static final SerializableString PROCESSED_TIMESTAMP = new SerializedString("processed_timestamp");
    private static final SerializableString PROCESSING_DELAY_MS = new SerializedString("processing_delay_ms");
    private static final SerializableString HOUR_OF_DAY = new SerializedString("hour_of_day");
    private static final SerializableString DAY_OF_WEEK = new SerializedString("day_of_week");
    private static final SerializableString IS_WEEKEND = new SerializedString("is_weekend");
    private static final SerializableString IP_CATEGORY = new SerializedString("ip_category");
    private static final SerializableString GEO = new SerializedString("geo");
    private static final SerializableString CONTINENT = new SerializedString("continent");
    private static final SerializableString COUNTRY = new SerializedString("country");
    private static final SerializableString REGION = new SerializedString("region");
    private static final SerializableString CITY = new SerializedString("city");
    private static final SerializableString LATITUDE = new SerializedString("latitude");
    private static final SerializableString LONGITUDE = new SerializedString("longitude");
    private static final SerializableString ACCURACY_RADIUS_KM = new SerializedString("accuracy_radius_km");
    private static final SerializableString DEVICE = new SerializedString("device");
    private static final SerializableString PLATFORM = new SerializedString("platform");
    private static final SerializableString IS_NEW = new SerializedString("is_new");
    private static final SerializableString KNOWN_DEVICES = new SerializedString("known_devices");
    private static final SerializableString VERSION = new SerializedString("version");
    private static final SerializableString MAJOR = new SerializedString("major");
    private static final SerializableString MINOR = new SerializedString("minor");
    private static final SerializableString PATCH = new SerializedString("patch");
    private static final SerializableString CHANGE = new SerializedString("change");
    private static final SerializableString SESSION = new SerializedString("session");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString NUMBER = new SerializedString("number");
    private static final SerializableString LOGIN = new SerializedString("login");
    private static final SerializableString STARTED_AT = new SerializedString("started_at");
    private static final SerializableString GAP_SECONDS = new SerializedString("gap_seconds");
    private static final SerializableString IS_LATE = new SerializedString("is_late");
    private static final SerializableString IS_DUPLICATE = new SerializedString("is_duplicate");
    private static final SerializableString RISK = new SerializedString("risk");
    private static final SerializableString SCORE = new SerializedString("score");
    private static final SerializableString LEVEL = new SerializedString("level");
    private static final SerializableString SIGNALS = new SerializedString("signals");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString TOPIC = new SerializedString("topic");
    private static final SerializableString PARTITION = new SerializedString("partition");
    private static final SerializableString OFFSET = new SerializedString("offset");

    private final String topic;
    private final LoginHash hash;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
    private final JsonGenerator json;
    private long lastNowMs = Long.MIN_VALUE;
    private String lastNow;

    EnrichmentWriter(String topic, LoginHash hash) {
        this.topic = topic;
        this.hash = hash;
        try {
            // One generator writes the enrichment of all events, one behind the other with nothing between them.
            this.json = new JsonFactoryBuilder()
                    .rootValueSeparator((String) null)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build()
                    .createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The processed event.
     *
     * @param value the event, which is known to be a JSON object with members
     * @param place null where none is known
     * @param nowMs wall clock, epoch milliseconds
     */
    byte[] write(
            byte[] value,
            Login login,
            String ipCategory,
            Place place,
            Visit visit,
            int partition,
            long offset,
            long nowMs) {
        int from = indexOfFirst(value, '{');
        out.reset();
        out.write(value, from, endOfMembers(value) - from);
        out.writeBytes(BEFORE);
        try {
            json.writeStartObject();
            writeTimes(login.eventTimeMs(), nowMs);
            writePlace(ipCategory, place);
            writeDevice(login, visit);
            writeVersion(login.version(), visit.change());
            writeSession(login, visit.session());
            writeBoolean(IS_LATE, visit.isLate());
            writeBoolean(IS_DUPLICATE, visit.isDuplicate());
            writeRisk();
            writeSource(partition, offset);
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.write('}');
        return out.toByteArray();
    }

    private void writeTimes(long eventTimeMs, long nowMs) throws IOException {
        int dayOfWeek = Math.floorMod(Math.floorDiv(eventTimeMs, DAY_MS) + THURSDAY, DAYS.length);
        writeNumber(SCHEMA_VERSION, 1);
        writeText(EVENT_TIME, Instant.ofEpochMilli(eventTimeMs).toString());
        writeText(PROCESSED_TIMESTAMP, now(nowMs));
        writeNumber(PROCESSING_DELAY_MS, nowMs - eventTimeMs);
        writeNumber(HOUR_OF_DAY, Math.floorMod(eventTimeMs, DAY_MS) / HOUR_MS);
        writeText(DAY_OF_WEEK, DAYS[dayOfWeek]);
        writeBoolean(IS_WEEKEND, dayOfWeek >= SATURDAY);
    }

    /** Many events are processed in one millisecond. */
    private String now(long nowMs) {
        if (nowMs != lastNowMs) {
            lastNowMs = nowMs;
            lastNow = WITH_MILLISECONDS.format(Instant.ofEpochMilli(nowMs));
        }
        return lastNow;
    }

    private void writePlace(String ipCategory, Place place) throws IOException {
        writeText(IP_CATEGORY, ipCategory);
        json.writeFieldName(GEO);
        if (place == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        writeText(CONTINENT, place.continent());
        writeText(COUNTRY, place.country());
        writeText(REGION, place.region());
        writeText(CITY, place.city());
        writeDegrees(LATITUDE, place.latitude());
        writeDegrees(LONGITUDE, place.longitude());
        json.writeFieldName(ACCURACY_RADIUS_KM);
        if (place.accuracyRadiusKm() == null) {
            json.writeNull();
        } else {
            json.writeNumber(place.accuracyRadiusKm());
        }
        json.writeEndObject();
    }

    private void writeDegrees(SerializableString name, Double degrees) throws IOException {
        json.writeFieldName(name);
        if (degrees == null) {
            json.writeNull();
        } else {
            json.writeNumber(degrees);
        }
    }

    private void writeDevice(Login login, Visit visit) throws IOException {
        json.writeFieldName(DEVICE);
        json.writeStartObject();
        writeText(PLATFORM, platform(login.deviceType()));
        writeBoolean(IS_NEW, visit.isNewDevice());
        writeNumber(KNOWN_DEVICES, visit.knownDevices());
        json.writeEndObject();
    }

    private static String platform(String deviceType) {
        if (deviceType == null) {
            return "unknown";
        }
        return switch (deviceType.toLowerCase(Locale.ROOT)) {
            case "ios" -> "ios";
            case "android" -> "android";
            case "web" -> "web";
            case "windows" -> "windows";
            case "macos" -> "macos";
            case "linux" -> "linux";
            default -> "other";
        };
    }

    private void writeVersion(AppVersion version, Visit.Change change) throws IOException {
        json.writeFieldName(VERSION);
        if (version == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        writeNumber(MAJOR, version.major());
        writeNumber(MINOR, version.minor());
        writeNumber(PATCH, version.patch());
        writeText(CHANGE, change.label());
        json.writeEndObject();
    }

    private void writeSession(Login login, Visit.Session session) throws IOException {
        json.writeFieldName(SESSION);
        if (session == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        writeText(ID, hash.ofSession(login.key(), session.startMs()));
        writeBoolean(IS_NEW, session.isNew());
        writeNumber(NUMBER, session.number());
        writeNumber(LOGIN, session.login());
        writeText(STARTED_AT, Instant.ofEpochMilli(session.startMs()).toString());
        json.writeFieldName(GAP_SECONDS);
        if (session.gapSeconds() == Visit.Session.NO_GAP) {
            json.writeNull();
        } else {
            json.writeNumber(session.gapSeconds());
        }
        json.writeEndObject();
    }

    private void writeRisk() throws IOException {
        json.writeFieldName(RISK);
        json.writeStartObject();
        writeNumber(SCORE, 0);
        writeText(LEVEL, "none");
        json.writeFieldName(SIGNALS);
        json.writeStartArray();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeSource(int partition, long offset) throws IOException {
        json.writeFieldName(SOURCE);
        json.writeStartObject();
        writeText(TOPIC, topic);
        writeNumber(PARTITION, partition);
        writeNumber(OFFSET, offset);
        json.writeEndObject();
    }

    /** A null text becomes a JSON null. */
    private void writeText(SerializableString name, String text) throws IOException {
        json.writeFieldName(name);
        json.writeString(text);
    }

    private void writeNumber(SerializableString name, long number) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(number);
    }

    private void writeBoolean(SerializableString name, boolean value) throws IOException {
        json.writeFieldName(name);
        json.writeBoolean(value);
    }

    private static int indexOfFirst(byte[] value, char wanted) {
        int at = 0;
        while (value[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Behind the last member may stand white space, the event's brace, and white space again. */
    private static int endOfMembers(byte[] value) {
        int at = value.length - 1;
        while (value[at] != '}') {
            at--;
        }
        do {
            at--;
        } while (value[at] == ' ' || value[at] == '\n' || value[at] == '\r' || value[at] == '\t');
        return at + 1;
    }
}
