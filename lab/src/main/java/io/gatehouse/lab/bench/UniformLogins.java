package io.gatehouse.lab.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Events in the reference producer's form from users and addresses drawn uniformly, so that nothing is in a cache for
 * having been used before. Written again and again into the same arrays, padded with white space, so that it allocates
 * nothing while others are measured.
 */
public final class UniformLogins {
    /** All that version 4 of IP has. */
    public static final long ALL_ADDRESSES = 1L << 32;

    /** 2023-11-14, in seconds. */
    private static final long START_SECONDS = 1_700_000_000;
    /** So many logins share a second: of logins of a million users, about every tenth then begins a session. */
    private static final int LOGINS_A_SECOND = 1_280;

    private static final int EVENT_BYTES = 240;
    private static final String BEFORE_USER_ID = "{\"user_id\": \"";
    private static final int USER_ID_AT = BEFORE_USER_ID.length();
    private static final int UUID_LENGTH = 36;
    private static final int MOST_DEVICES = 3;

    private final SplittableRandom random;
    private final int users;
    private final long addresses;
    private final byte[][] events;
    private long made;

    /**
     * @param addresses how many there are, anywhere; up to {@link #ALL_ADDRESSES}
     * @param events how many are written at a time
     */
    public UniformLogins(long seed, int users, long addresses, int events) {
        this.random = new SplittableRandom(seed);
        this.users = users;
        this.addresses = addresses;
        this.events = new byte[events][EVENT_BYTES];
    }

    /** One of the events as they were written last, not to be kept. */
    public byte[] event(int index) {
        return events[index];
    }

    /** The same event's user, in an array of its own. */
    public byte[] userId(int index) {
        return Arrays.copyOfRange(events[index], USER_ID_AT, USER_ID_AT + UUID_LENGTH);
    }

    /** Writes new events into all arrays, from users drawn at random. */
    public void refill() {
        for (byte[] event : events) {
            write(event, random.nextInt(users));
        }
    }

    /** Writes new events, from users one after another. */
    public void refillInTurn() {
        for (byte[] event : events) {
            write(event, (int) (made % users));
        }
    }

    private void write(byte[] event, int user) {
        int at = put(BEFORE_USER_ID, event, 0);
        at = putUuid(mix(user), event, at);
        at = put("\", \"app_version\": \"2.", event, at);
        at = putNumber(random.nextInt(10), event, at);
        at = put(".0\", \"device_type\": \"android\", \"ip\": \"", event, at);
        at = putAddress((int) mix(random.nextLong(addresses)), event, at);
        at = put("\", \"locale\": \"WA\", \"device_id\": \"", event, at);
        at = putUuid(mix(user + (1L + random.nextInt(1 + user % MOST_DEVICES) << 32)), event, at);
        at = put("\", \"timestamp\": ", event, at);
        at = putNumber(START_SECONDS + made / LOGINS_A_SECOND, event, at);
        at = put("}", event, at);
        Arrays.fill(event, at, event.length, (byte) ' ');
        made++;
    }

    private static int putAddress(int address, byte[] to, int from) {
        int at = putNumber(address >>> 24, to, from);
        for (int shift = 16; shift >= 0; shift -= 8) {
            to[at++] = '.';
            at = putNumber(address >>> shift & 0xFF, to, at);
        }
        return at;
    }

    private static int putUuid(long high, byte[] to, int from) {
        long low = mix(high);
        int at = from;
        for (int digit = 0; digit < 32; digit++) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                to[at++] = '-';
            }
            long half = digit < 16 ? high : low;
            to[at++] = (byte) Character.forDigit((int) (half >>> 60 - 4 * (digit & 15)) & 15, 16);
        }
        return at;
    }

    private static int putNumber(long number, byte[] to, int from) {
        int at = from;
        long power = 1;
        while (number / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            to[at++] = (byte) ('0' + number / power % 10);
        }
        return at;
    }

    private static int put(String text, byte[] to, int from) {
        for (int i = 0; i < text.length(); i++) {
            to[from + i] = (byte) text.charAt(i);
        }
        return from + text.length();
    }

    /** Spreads neighbouring numbers: the finalizer of SplitMix64. */
    private static long mix(long number) {
        long mixed = (number + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
