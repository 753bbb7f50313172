package io.gatehouse.core.login;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpCategory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the processed event: the event's own bytes from its opening brace to the end of its last member, then the
 * {@code enrichment} member and the closing brace. There is no object model; what takes few values (hours, weekdays,
 * categories, devices) is rendered once and copied. Not thread-safe: one for each judge.
 */
public final class Encoder {
    private static final long DAY_MS = 86_400_000;
    /** No event's time. */
    private static final long NONE = -1;

    private static final int HOUR_MS = 3_600_000;
    private static final int DAYS = 7;
    private static final int MAX_DEVICES = 8;
    private static final String[] DAY_NAMES = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };
    /** 1 January 1970 was a Thursday. */
    private static final int EPOCH_WEEKDAY = 3;
    /** Where the piece of an unchanged version stands: behind those of all changes. */
    private static final int NO_CHANGE = VersionChange.values().length;

    private static final Piece OPENING = Piece.of(",\"enrichment\":{\"schema_version\":1,\"event_time\":\"");
    private static final Piece PROCESSED = Piece.of("\",\"processed_timestamp\":\"");
    private static final Piece DELAY = Piece.of("\",\"processing_delay_ms\":");
    private static final Choice CALENDAR = renderCalendar();
    private static final Choice CATEGORY = renderCategories();
    private static final Piece NULL = Piece.of("null");
    private static final Choice DEVICE = renderDevices();
    private static final Piece MAJOR = Piece.of("{\"major\":");
    private static final Piece MINOR = Piece.of(",\"minor\":");
    private static final Piece PATCH = Piece.of(",\"patch\":");
    private static final Choice CHANGE = renderChanges();
    private static final Piece NO_SESSION = Piece.of(",\"session\":null");
    private static final Piece SESSION = Piece.of(",\"session\":{\"id\":\"");
    private static final Choice NUMBER = Choice.of("\",\"is_new\":false,\"number\":", "\",\"is_new\":true,\"number\":");
    private static final Piece LOGIN = Piece.of(",\"login\":");
    private static final Piece STARTED = Piece.of(",\"started_at\":\"");
    private static final Piece GAP = Piece.of("\",\"gap_seconds\":");
    private static final Choice ORDER = renderOrder();
    private static final Piece CLOSING = Piece.of("}}}");

    /** More than all of the enrichment but its geo and its source can take, and what a piece writes behind its end. */
    private static final int FIXED_BYTES = 1024;

    private GeoTable geo;
    private final String topic;
    private final int ownPartition;
    /** By partition, rendered when first needed; a re-keyed record may come from any partition of the input. */
    private byte[][] sources = new byte[0][];

    private final IsoTime eventTime = new IsoTime();
    private final IsoTime sessionStart = new IsoTime();
    private final IsoTime now = new IsoTime();
    private long nowMs;
    /** What an event's time and the clock make, which are mostly those of the event before. */
    private final byte[] times = new byte[FIXED_BYTES];

    private int timesBytes;
    private long timesOfMs = NONE;
    private byte[] scratch = new byte[4096];
    private int at;

    /**
     * @param geo where the verdicts' places come from
     * @param topic {@code source.topic}
     * @param partition {@code source.partition} where a record has no other
     */
    public Encoder(GeoTable geo, String topic, int partition) {
        this.geo = geo;
        this.topic = topic;
        this.ownPartition = partition;
    }

    /** From here on, the verdicts' places come from this table. */
    public void takeTable(GeoTable table) {
        geo = table;
    }

    /** Sets the wall clock, epoch milliseconds, of all events that follow. */
    public void setNow(long newNowMs) {
        if (newNowMs != nowMs) {
            nowMs = newNowMs;
            timesOfMs = NONE;
        }
    }

    /** The processed event, in an array of its own, exactly sized. */
    public byte[] encode(Login login, Verdict verdict, long offset) {
        return encode(login, verdict, ownPartition, offset);
    }

    /** The same for a record that came from another partition of the source. */
    public byte[] encode(Login login, Verdict verdict, int partition, long offset) {
        byte[] source = source(partition);
        int ownBytes = login.end() - login.open();
        int geoBytes = verdict.place() == GeoTable.NOWHERE ? 0 : geo.jsonLength(verdict.place());
        at = 0;
        reserve(ownBytes + geoBytes + source.length + FIXED_BYTES);
        put(login.value(), login.open(), ownBytes);
        putTimes(login.eventTimeMs());
        putAddress(verdict);
        putDevice(verdict);
        putVersion(verdict);
        putSession(verdict);
        put(ORDER, orderIndex(verdict.isLate(), verdict.isDuplicate()));
        putSource(source, offset);
        return Arrays.copyOf(scratch, at);
    }

    private void putTimes(long eventTimeMs) {
        if (eventTimeMs != timesOfMs) {
            renderTimes(eventTimeMs);
        }
        put(times, 0, timesBytes);
    }

    private void renderTimes(long eventTimeMs) {
        int end = OPENING.copyTo(times, 0);
        end = eventTime.write(eventTimeMs, times, end);
        end = PROCESSED.copyTo(times, end);
        end = now.writeWithMs(nowMs, times, end);
        end = DELAY.copyTo(times, end);
        end = Digits.write(nowMs - eventTimeMs, times, end);
        long day = eventTimeMs / DAY_MS;
        int hour = (int) (eventTimeMs - day * DAY_MS) / HOUR_MS;
        timesBytes = CALENDAR.copyTo(hour * DAYS + (int) ((day + EPOCH_WEEKDAY) % DAYS), times, end);
        timesOfMs = eventTimeMs;
    }

    private void putAddress(Verdict verdict) {
        put(CATEGORY, verdict.ipCategory().ordinal());
        if (verdict.place() == GeoTable.NOWHERE) {
            put(NULL);
        } else {
            at = geo.copyJson(verdict.place(), scratch, at);
        }
    }

    private void putDevice(Verdict verdict) {
        put(DEVICE, deviceIndex(verdict.platform(), verdict.deviceIsNew(), verdict.knownDevices()));
    }

    private void putVersion(Verdict verdict) {
        long version = verdict.version();
        if (version < 0) {
            put(NULL);
            return;
        }
        put(MAJOR);
        at = Digits.write(version >>> 32, scratch, at);
        put(MINOR);
        at = Digits.write(version >>> 16 & 0xFFFF, scratch, at);
        put(PATCH);
        at = Digits.write(version & 0xFFFF, scratch, at);
        VersionChange change = verdict.versionChange();
        put(CHANGE, change == null ? NO_CHANGE : change.ordinal());
    }

    private void putSession(Verdict verdict) {
        if (!verdict.isInSession()) {
            put(NO_SESSION);
            return;
        }
        put(SESSION);
        at = Digits.writeHex(verdict.sessionId(), scratch, at);
        put(NUMBER, verdict.sessionIsNew() ? 1 : 0);
        at = Digits.write(verdict.sessionNumber(), scratch, at);
        put(LOGIN);
        at = Digits.write(verdict.sessionLogin(), scratch, at);
        put(STARTED);
        at = sessionStart.write(verdict.sessionStartMs(), scratch, at);
        put(GAP);
        if (verdict.gapSeconds() == Verdict.NO_GAP) {
            put(NULL);
        } else {
            at = Digits.write(verdict.gapSeconds(), scratch, at);
        }
        scratch[at++] = '}';
    }

    private void putSource(byte[] source, long offset) {
        put(source, 0, source.length);
        at = Digits.write(offset, scratch, at);
        put(CLOSING);
    }

    private byte[] source(int partition) {
        if (partition >= sources.length) {
            sources = Arrays.copyOf(sources, partition + 1);
        }
        if (sources[partition] == null) {
            sources[partition] = renderSource(topic, partition);
        }
        return sources[partition];
    }

    private void reserve(int bytes) {
        if (scratch.length < bytes) {
            scratch = new byte[Math.max(bytes, 2 * scratch.length)];
        }
    }

    private void put(Piece piece) {
        at = piece.copyTo(scratch, at);
    }

    private void put(Choice pieces, int piece) {
        at = pieces.copyTo(piece, scratch, at);
    }

    private void put(byte[] bytes, int from, int length) {
        System.arraycopy(bytes, from, scratch, at, length);
        at += length;
    }

    private static Choice renderCalendar() {
        String[] rendered = new String[24 * DAYS];
        for (int hour = 0; hour < 24; hour++) {
            for (int day = 0; day < DAYS; day++) {
                rendered[hour * DAYS + day] = ",\"hour_of_day\":" + hour + ",\"day_of_week\":\"" + DAY_NAMES[day]
                        + "\",\"is_weekend\":" + (day >= 5);
            }
        }
        return Choice.of(rendered);
    }

    private static Choice renderCategories() {
        return Choice.of(Arrays.stream(IpCategory.values())
                .map(category -> ",\"ip_category\":\"" + category.label() + "\",\"geo\":")
                .toArray(String[]::new));
    }

    private static Choice renderDevices() {
        Platform[] platforms = Platform.values();
        String[] rendered = new String[platforms.length * 2 * (MAX_DEVICES + 1)];
        for (Platform platform : platforms) {
            for (int known = 0; known <= MAX_DEVICES; known++) {
                rendered[deviceIndex(platform, false, known)] = renderDevice(platform, false, known);
                rendered[deviceIndex(platform, true, known)] = renderDevice(platform, true, known);
            }
        }
        return Choice.of(rendered);
    }

    private static String renderDevice(Platform platform, boolean isNew, int known) {
        return ",\"device\":{\"platform\":\"" + platform.label() + "\",\"is_new\":" + isNew + ",\"known_devices\":"
                + known + "},\"version\":";
    }

    private static int deviceIndex(Platform platform, boolean isNew, int known) {
        return (platform.ordinal() * 2 + (isNew ? 1 : 0)) * (MAX_DEVICES + 1) + known;
    }

    private static Choice renderChanges() {
        String[] rendered = new String[NO_CHANGE + 1];
        for (VersionChange change : VersionChange.values()) {
            rendered[change.ordinal()] = ",\"change\":\"" + change.label() + "\"}";
        }
        rendered[NO_CHANGE] = ",\"change\":null}";
        return Choice.of(rendered);
    }

    private static Choice renderOrder() {
        String[] rendered = new String[4];
        for (int i = 0; i < rendered.length; i++) {
            boolean late = (i & 2) != 0;
            boolean duplicate = (i & 1) != 0;
            rendered[orderIndex(late, duplicate)] = ",\"is_late\":" + late + ",\"is_duplicate\":" + duplicate;
        }
        return Choice.of(rendered);
    }

    private static int orderIndex(boolean late, boolean duplicate) {
        return (late ? 2 : 0) + (duplicate ? 1 : 0);
    }

    private static byte[] renderSource(String topic, int partition) {
        StringBuilder json = new StringBuilder(",\"risk\":{\"score\":0,\"level\":\"none\",\"signals\":[]}");
        json.append(",\"source\":{\"topic\":\"");
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append("\",\"partition\":")
                .append(partition)
                .append(",\"offset\":")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
