package io.gatehouse.core.profile;

import io.gatehouse.core.login.Digits;
import io.gatehouse.core.login.IsoTime;
import io.gatehouse.core.login.Piece;
import java.util.Arrays;

/**
 * Sessions that have closed and are not handed over yet, rendered as the records that they become. They lie in one array
 * of bytes, one after another: a record's key, then its value.
 */
final class ClosedSessions {
    private static final Piece USER = Piece.of("{\"user_id\":\"");
    private static final Piece ID = Piece.of("\",\"session_id\":\"");
    private static final Piece REVISION = Piece.of("\",\"revision\":");
    private static final Piece NUMBER = Piece.of(",\"number\":");
    private static final Piece STARTED = Piece.of(",\"started_at\":\"");
    private static final Piece ENDED = Piece.of("\",\"ended_at\":\"");
    private static final Piece DURATION = Piece.of("\",\"duration_seconds\":");
    private static final Piece LOGINS = Piece.of(",\"logins\":");
    private static final Piece LATE_LOGINS = Piece.of(",\"late_logins\":");
    private static final Piece DEVICES = Piece.of(",\"devices\":");
    private static final Piece COUNTRIES = Piece.of(",\"countries\":[");
    private static final Piece CLOSED = Piece.of("],\"closed_at\":\"");
    private static final Piece END = Piece.of("\"}");

    /**
     * The key, the user once more with each character escaped, and more than all the rest takes,
     * {@link Piece#OVERRUN_BYTES} included.
     */
    private static final int MAX_RECORD_BYTES = 3 * Image.MAX_KEY_BYTES + 1024;

    private final SessionId sessionId = new SessionId();
    private final IsoTime started = new IsoTime();
    private final IsoTime ended = new IsoTime();
    private final IsoTime now = new IsoTime();
    private final byte[] nowText = new byte[IsoTime.MAX_BYTES];
    private final int[] countries = new int[Memory.MAX_COUNTRIES];
    private byte[] bytes = new byte[2 * MAX_RECORD_BYTES];
    private int at;
    /** For each session where its key ends, and its value. */
    private int[] ends = new int[32];

    private int size;
    private int nowBytes;
    /** How many of them are there in their first revision. */
    private int firsts;

    private long nowMs = Long.MIN_VALUE;

    /** Sets the wall clock, epoch milliseconds, of all that close from now on. */
    void setNow(long newNowMs) {
        if (newNowMs != nowMs) {
            nowMs = newNowMs;
            nowBytes = now.writeWithMs(newNowMs, nowText, 0);
        }
    }

    int size() {
        return size;
    }

    /** Adds the next revision of a user's session, and lets the memory know that it is published as it stands. */
    void close(UserKey user, Memory session) {
        firsts += session.revision == 0 ? 1 : 0;
        session.revision = Math.min(session.revision + 1, Image.MAX_REVISION);
        session.published = true;
        reserve();
        int keyAt = at;
        at = user.writeText(bytes, at);
        int keyEnd = at;
        put(USER);
        putUser(user, keyAt, keyEnd);
        put(ID);
        at = Digits.writeHex(sessionId.of(bytes, keyAt, keyEnd, session.startMs), bytes, at);
        put(REVISION);
        at = Digits.write(session.revision, bytes, at);
        put(NUMBER);
        at = Digits.write(session.number, bytes, at);
        put(STARTED);
        at = started.write(session.startMs, bytes, at);
        put(ENDED);
        at = ended.write(session.lastMs, bytes, at);
        put(DURATION);
        at = Digits.write((session.lastMs - session.startMs) / 1000, bytes, at);
        put(LOGINS);
        at = Digits.write(session.login, bytes, at);
        put(LATE_LOGINS);
        at = Digits.write(session.lateLogins, bytes, at);
        put(DEVICES);
        at = Digits.write(session.sessionDevices, bytes, at);
        put(COUNTRIES);
        putCountries(session);
        put(CLOSED);
        System.arraycopy(nowText, 0, bytes, at, nowBytes);
        at += nowBytes;
        put(END);
        ends[2 * size] = keyEnd;
        ends[2 * size + 1] = at;
        size++;
    }

    private void putUser(UserKey user, int from, int to) {
        if (!user.isText()) {
            System.arraycopy(bytes, from, bytes, at, to - from);
            at += to - from;
            return;
        }
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\') {
                bytes[at++] = '\\';
            }
            bytes[at++] = b;
        }
    }

    private void putCountries(Memory session) {
        int count = session.countryCount;
        System.arraycopy(session.countries, 0, countries, 0, count);
        Arrays.sort(countries, 0, count);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                bytes[at++] = ',';
            }
            bytes[at++] = '"';
            bytes[at++] = (byte) (countries[i] >>> 8);
            bytes[at++] = (byte) countries[i];
            bytes[at++] = '"';
        }
    }

    private void put(Piece piece) {
        at = piece.copyTo(bytes, at);
    }

    private void reserve() {
        if (bytes.length - at < MAX_RECORD_BYTES) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        if (2 * size == ends.length) {
            ends = Arrays.copyOf(ends, 4 * size);
        }
    }

    /**
     * Hands all over, in the order in which they closed.
     *
     * @return how many of them are handed over for the first time
     */
    int handOver(SessionSink to) {
        int from = 0;
        for (int i = 0; i < size; i++) {
            int keyEnd = ends[2 * i];
            int end = ends[2 * i + 1];
            to.accept(Arrays.copyOfRange(bytes, from, keyEnd), Arrays.copyOfRange(bytes, keyEnd, end));
            from = end;
        }
        int handedOverFirst = firsts;
        at = 0;
        size = 0;
        firsts = 0;
        return handedOverFirst;
    }
}
