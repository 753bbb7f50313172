package io.gatehouse.core.login;

import io.gatehouse.core.geo.IpAddress;
import java.nio.ByteBuffer;

/**
 * One decoded event, or the reason why it is refused. Reused from event to event: everything it hands out is valid until
 * the next decode into it.
 */
public final class Login {
    byte[] value;
    /** Where the record's value begins and ends in it. */
    int from;

    int to;
    /** What the fields' texts lie in when that is not the value itself; null when it is. */
    byte[] unescaped;

    int open;
    int end;
    long eventTimeMs;
    Reason reason;
    Field field;
    final Text userId = new Text(this);
    final Text deviceType = new Text(this);
    final Text appVersion = new Text(this);
    final Text locale = new Text(this);
    final Text deviceId = new Text(this);
    final IpAddress ip = new IpAddress();

    /** Takes a record's value, to be decoded; null lets go of the one before. It is not copied. */
    public void take(byte[] recordValue) {
        take(recordValue, 0, recordValue == null ? 0 : recordValue.length);
    }

    /**
     * Takes a record's value that lies in a buffer, from its position to its limit, which stay as they are.
     *
     * @param buffer with an array; null for a record without a value
     */
    public void takeFrom(ByteBuffer buffer) {
        if (buffer == null) {
            take(null);
        } else {
            int start = buffer.arrayOffset() + buffer.position();
            take(buffer.array(), start, start + buffer.remaining());
        }
    }

    private void take(byte[] bytes, int start, int stop) {
        value = bytes;
        from = start;
        to = stop;
        unescaped = null;
    }

    /** Begins an accepted event, whose fields are written next. */
    void begin(byte[] fieldBytes, int openIndex, int endIndex) {
        unescaped = fieldBytes;
        open = openIndex;
        end = endIndex;
        reason = null;
        field = null;
    }

    /** The array that the fields' texts lie in. */
    byte[] text() {
        return unescaped == null ? value : unescaped;
    }

    /** Makes this a refusal; always false, so that a check can end with it. */
    public boolean refuse(Reason why, Field fieldAtFault) {
        reason = why;
        field = fieldAtFault;
        return false;
    }

    /** Null when the event is accepted; otherwise the first fault, and nothing below it is valid. */
    public Reason reason() {
        return reason;
    }

    /** The field at fault; null for a fault of the whole, and for an accepted event. */
    public Field field() {
        return field;
    }

    /** What the record's value lies in, together with other things perhaps; null when it has none. */
    public byte[] value() {
        return value;
    }

    /** Index of the opening brace in {@link #value()}. */
    public int open() {
        return open;
    }

    /** Index after the last byte of the last member in {@link #value()}. */
    public int end() {
        return end;
    }

    /** Epoch milliseconds. */
    public long eventTimeMs() {
        return eventTimeMs;
    }

    public Text userId() {
        return userId;
    }

    /** Family 0 when the event carries none. */
    public IpAddress ip() {
        return ip;
    }

    public Text deviceType() {
        return deviceType;
    }

    public Text appVersion() {
        return appVersion;
    }

    public Text locale() {
        return locale;
    }

    public Text deviceId() {
        return deviceId;
    }
}
