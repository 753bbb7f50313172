package io.gatehouse.core.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes in which a user is kept, in the table and in the journal alike: one layout, so that journaling is a copy. All
 * numbers are little-endian.
 *
 * <pre>
 * a user
 *  0  1  flags    bits 0-1 kind (1), bit 2 key is text, bit 3 an entry for logins without device_id,
 *                 bit 4 nothing to publish of the session as it stands, bit 6 parity of the sweep's round,
 *                 bit 7 changed since it was journaled
 *  1  1  counts   bits 0-3 devices (0 to 8), bits 4-6 recent logins (1 to 4)
 *  2  2  key length in bytes: 16, or 1 to 512 of text
 *  4  4  when last seen, seconds of processing time since 1970, unsigned
 *  8  8  last     latest event time, epoch milliseconds
 * 16  8  start    of the current session, epoch milliseconds
 * 24  4  number   of the current session
 * 28  4  login    number of logins in it
 * 32  4  late     number of late logins in it
 * 36  3  revision of it that was published last; 0 when none was
 * 39  1  counts   of the session: bits 0-3 devices, the first of those below; bits 4-7 countries (0 to 8 each)
 * 40     key      a canonical lower-case UUID as 16 bytes (most significant half first), anything else as UTF-8
 *        recent   fingerprints of the latest distinct logins, 8 bytes each, latest first
 *        devices  24 bytes each, most recent first; the entry for logins without device_id is the last
 *                  0  8  fingerprint
 *                  8  8  last use, epoch milliseconds
 *                 16  6  version: patch, minor, major
 *                 22  2  bit 0: there is a version
 *        countries of the session, two ASCII letters each, first come first, the second letter before the first
 *
 * a user forgotten since the journal last told of it
 *  0  1  flags    bits 0-1 kind (2), bit 2 key is text, bit 7
 *  1  1  0
 *  2  2  key length in bytes
 *  4     key
 * </pre>
 *
 * Version 1 had neither what stands from 32 to 39 nor countries nor flag bit 4.
 *
 * <p>Parity and "changed" belong to the table that holds the record; they mean nothing in a journal.
 */
final class Image {
    /** Of this layout. */
    static final int VERSION = 2;

    static final int FREE = 0;
    static final int LIVE = 1;
    static final int FORGOTTEN = 2;

    /** 128 characters of four bytes. */
    static final int MAX_KEY_BYTES = 512;

    static final int MAX_REVISION = 0xFF_FFFF;

    private static final int RECENT_BYTES = 8;
    private static final int DEVICE_BYTES = 24;
    private static final int COUNTRY_BYTES = 2;
    private static final int VERSION_1_KEY = 32;
    private static final int LIVE_KEY = 40;
    private static final int FORGOTTEN_KEY = 4;

    static final int MAX_BYTES = LIVE_KEY
            + MAX_KEY_BYTES
            + Memory.MAX_RECENT * RECENT_BYTES
            + (Memory.MAX_DEVICES + 1) * DEVICE_BYTES
            + Memory.MAX_COUNTRIES * COUNTRY_BYTES;

    private static final int KIND_MASK = 3;
    private static final int TEXT_KEY = 1 << 2;
    private static final int KNOWS_NO_DEVICE = 1 << 3;
    private static final int PUBLISHED = 1 << 4;
    private static final int PARITY = 1 << 6;
    private static final int CHANGED = 1 << 7;
    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFFL;
    private static final long HAS_VERSION = 1L << 48;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private Image() {}

    // What any block says of itself.

    static int kind(byte[] in, int at) {
        return in[at] & KIND_MASK;
    }

    static boolean hasTextKey(byte[] in, int at) {
        return (in[at] & TEXT_KEY) != 0;
    }

    static int keyBytes(byte[] in, int at) {
        return (short) SHORT.get(in, at + 2) & 0xFFFF;
    }

    /** Index of the key's first byte. */
    static int keyAt(byte[] in, int at) {
        return at + (kind(in, at) == LIVE ? LIVE_KEY : FORGOTTEN_KEY);
    }

    /** Length of a user's or forgotten user's image. */
    static int lengthBytes(byte[] in, int at) {
        int keyBytes = keyBytes(in, at);
        return kind(in, at) == LIVE ? liveBytes(in, at, keyBytes) : FORGOTTEN_KEY + keyBytes;
    }

    static boolean isChanged(byte[] in, int at) {
        return (in[at] & CHANGED) != 0;
    }

    static boolean parity(byte[] in, int at) {
        return (in[at] & PARITY) != 0;
    }

    /** Sets what the table, and not the journal, knows of a record. */
    static void mark(byte[] in, int at, boolean changed, boolean parity) {
        in[at] = (byte) (in[at] & ~(CHANGED | PARITY) | (changed ? CHANGED : 0) | (parity ? PARITY : 0));
    }

    // Users.

    static long lastMs(byte[] in, int at) {
        return (long) LONG.get(in, at + 8);
    }

    static int seenAtSeconds(byte[] in, int at) {
        return (int) INT.get(in, at + 4);
    }

    static boolean isPublished(byte[] in, int at) {
        return (in[at] & PUBLISHED) != 0;
    }

    /** Takes over from a user's memory that the session is published as it stands, and in which revision. */
    static void setPublished(byte[] to, int at, Memory memory) {
        to[at] |= PUBLISHED;
        INT.set(to, at + 36, publication(memory));
    }

    /** Leaves nothing to publish of the session as it stands. */
    static void withdraw(byte[] to, int at) {
        to[at] |= PUBLISHED;
    }

    private static int publication(Memory memory) {
        return memory.countryCount << 28 | memory.sessionDevices << 24 | memory.revision;
    }

    static int liveBytes(Memory memory, int keyBytes) {
        return LIVE_KEY
                + keyBytes
                + memory.recentCount * RECENT_BYTES
                + (memory.deviceCount + (memory.knowsNoDevice ? 1 : 0)) * DEVICE_BYTES
                + memory.countryCount * COUNTRY_BYTES;
    }

    /** Writes a user; it counts as changed. */
    static void write(byte[] to, int at, UserKey key, Memory memory, int seenAtSeconds) {
        int noDevice = memory.knowsNoDevice ? KNOWS_NO_DEVICE : 0;
        int published = memory.published ? PUBLISHED : 0;
        to[at] = (byte) (LIVE | (key.isText() ? TEXT_KEY : 0) | noDevice | published | CHANGED);
        to[at + 1] = (byte) (memory.recentCount << 4 | memory.deviceCount);
        SHORT.set(to, at + 2, (short) key.lengthBytes());
        INT.set(to, at + 4, seenAtSeconds);
        LONG.set(to, at + 8, memory.lastMs);
        LONG.set(to, at + 16, memory.startMs);
        INT.set(to, at + 24, memory.number);
        INT.set(to, at + 28, memory.login);
        INT.set(to, at + 32, memory.lateLogins);
        INT.set(to, at + 36, publication(memory));
        key.write(to, at + LIVE_KEY);
        int next = at + LIVE_KEY + key.lengthBytes();
        for (int i = 0; i < memory.recentCount; i++, next += RECENT_BYTES) {
            LONG.set(to, next, memory.recent[i]);
        }
        for (int i = 0; i < memory.deviceCount; i++, next += DEVICE_BYTES) {
            writeDevice(to, next, memory, i);
        }
        if (memory.knowsNoDevice) {
            writeDevice(to, next, memory, Memory.NO_DEVICE);
            next += DEVICE_BYTES;
        }
        for (int i = 0; i < memory.countryCount; i++, next += COUNTRY_BYTES) {
            SHORT.set(to, next, (short) memory.countries[i]);
        }
    }

    private static void writeDevice(byte[] to, int at, Memory memory, int device) {
        long version = memory.versions[device];
        LONG.set(to, at, memory.devices[device]);
        LONG.set(to, at + 8, memory.lastUseMs[device]);
        LONG.set(to, at + 16, version == Memory.NO_VERSION ? 0 : version | HAS_VERSION);
    }

    static void read(byte[] in, int at, Memory into) {
        into.lastMs = lastMs(in, at);
        into.startMs = (long) LONG.get(in, at + 16);
        into.number = (int) INT.get(in, at + 24);
        into.login = (int) INT.get(in, at + 28);
        into.lateLogins = (int) INT.get(in, at + 32);
        int publication = (int) INT.get(in, at + 36);
        into.revision = publication & MAX_REVISION;
        into.sessionDevices = publication >>> 24 & 0xF;
        into.countryCount = publication >>> 28;
        into.published = isPublished(in, at);
        into.recentCount = recentCount(in[at + 1]);
        into.deviceCount = deviceCount(in[at + 1]);
        into.knowsNoDevice = (in[at] & KNOWS_NO_DEVICE) != 0;
        int next = at + LIVE_KEY + keyBytes(in, at);
        for (int i = 0; i < into.recentCount; i++, next += RECENT_BYTES) {
            into.recent[i] = (long) LONG.get(in, next);
        }
        for (int i = 0; i < into.deviceCount; i++, next += DEVICE_BYTES) {
            readDevice(in, next, into, i);
        }
        if (into.knowsNoDevice) {
            readDevice(in, next, into, Memory.NO_DEVICE);
            next += DEVICE_BYTES;
        }
        for (int i = 0; i < into.countryCount; i++, next += COUNTRY_BYTES) {
            into.countries[i] = (short) SHORT.get(in, next);
        }
    }

    private static void readDevice(byte[] in, int at, Memory into, int device) {
        long version = (long) LONG.get(in, at + 16);
        into.devices[device] = (long) LONG.get(in, at);
        into.lastUseMs[device] = (long) LONG.get(in, at + 8);
        into.versions[device] = (version & HAS_VERSION) == 0 ? Memory.NO_VERSION : version & VERSION_MASK;
    }

    private static int liveBytes(byte[] in, int at, int keyBytes) {
        byte counts = in[at + 1];
        int devices = deviceCount(counts) + ((in[at] & KNOWS_NO_DEVICE) == 0 ? 0 : 1);
        return LIVE_KEY
                + keyBytes
                + recentCount(counts) * RECENT_BYTES
                + devices * DEVICE_BYTES
                + countryCount(in, at) * COUNTRY_BYTES;
    }

    private static int countryCount(byte[] in, int at) {
        return in[at + 39] >>> 4 & 0xF;
    }

    private static int deviceCount(byte counts) {
        return counts & 0xF;
    }

    private static int recentCount(byte counts) {
        return counts >>> 4 & 0xF;
    }

    // Users forgotten.

    static int forgottenBytes(int keyBytes) {
        return FORGOTTEN_KEY + keyBytes;
    }

    static void writeForgotten(byte[] to, int at, UserKey key) {
        to[at] = (byte) (FORGOTTEN | (key.isText() ? TEXT_KEY : 0) | CHANGED);
        to[at + 1] = 0;
        SHORT.set(to, at + 2, (short) key.lengthBytes());
        key.write(to, at + FORGOTTEN_KEY);
    }

    // Blocks not in use.

    static void writeFree(byte[] to, int at, int units, int next) {
        to[at] = FREE;
        to[at + 1] = (byte) units;
        setNextFree(to, at, next);
        setPreviousFree(to, at, 0);
    }

    static int freeUnits(byte[] in, int at) {
        return in[at + 1];
    }

    static int nextFree(byte[] in, int at) {
        return (int) INT.get(in, at + 4);
    }

    static void setNextFree(byte[] to, int at, int next) {
        INT.set(to, at + 4, next);
    }

    static int previousFree(byte[] in, int at) {
        return (int) INT.get(in, at + 8);
    }

    static void setPreviousFree(byte[] to, int at, int previous) {
        INT.set(to, at + 8, previous);
    }

    // Images that come from outside.

    /**
     * Copies an image of this version or the one before, which becomes one of this version, and checks it.
     *
     * @param into with room for {@link #MAX_BYTES}
     * @return its length
     * @throws IllegalArgumentException when the bytes are no image of that version
     */
    static int take(ByteBuffer image, int version, byte[] into) {
        int lengthBytes = image.remaining();
        require(lengthBytes <= MAX_BYTES, "of " + lengthBytes + " bytes");
        image.get(image.position(), into, 0, lengthBytes);
        if (version < VERSION) {
            lengthBytes = upgrade(into, lengthBytes);
        }
        check(into, lengthBytes);
        return lengthBytes;
    }

    /**
     * Makes an image of version 1 one of this version, in place. What it lacks was not counted, and its session began
     * when sessions were not published: published it would be wrong, so there is nothing to publish of it.
     *
     * @param image with room for what is added
     * @return the new length, to be {@link #check checked} with the rest
     * @throws IllegalArgumentException when the bytes are no image of version 1
     */
    private static int upgrade(byte[] image, int lengthBytes) {
        require((image[0] & PUBLISHED) == 0, "with unknown flags");
        if (kind(image, 0) != LIVE) {
            return lengthBytes;
        }
        int added = LIVE_KEY - VERSION_1_KEY;
        require(lengthBytes > VERSION_1_KEY && lengthBytes <= image.length - added, "of a wrong length");
        System.arraycopy(image, VERSION_1_KEY, image, LIVE_KEY, lengthBytes - VERSION_1_KEY);
        Arrays.fill(image, VERSION_1_KEY, LIVE_KEY, (byte) 0);
        image[0] |= PUBLISHED;
        return lengthBytes + added;
    }

    /**
     * Checks that bytes from a journal are an image, wholly: length, counts, and values that the fold could have left.
     *
     * @throws IllegalArgumentException when they are none
     */
    static void check(byte[] in, int lengthBytes) {
        require(lengthBytes > FORGOTTEN_KEY, "shorter than any");
        int kind = kind(in, 0);
        int keyBytes = keyBytes(in, 0);
        require(kind == LIVE || kind == FORGOTTEN, "of no known kind");
        require(keyBytes >= 1 && keyBytes <= MAX_KEY_BYTES, "with a key of a length that no user has");
        require(hasTextKey(in, 0) || keyBytes == UserKey.UUID_BYTES, "with a UUID of a wrong length");
        int allowed = KIND_MASK | TEXT_KEY | PARITY | CHANGED | (kind == LIVE ? KNOWS_NO_DEVICE | PUBLISHED : 0);
        require((in[0] & 0xFF & ~allowed) == 0, "with unknown flags");
        if (kind == LIVE) {
            require(lengthBytes > LIVE_KEY, "shorter than any");
            checkLive(in, lengthBytes, keyBytes);
        } else {
            require(in[1] == 0 && lengthBytes == FORGOTTEN_KEY + keyBytes, "of a wrong length");
        }
        if (hasTextKey(in, 0)) {
            int keyAt = keyAt(in, 0);
            require(!UserKey.isUuid(in, keyAt, keyAt + keyBytes), "with a UUID as text");
        }
    }

    private static void checkLive(byte[] in, int lengthBytes, int keyBytes) {
        int devices = deviceCount(in[1]);
        int recent = recentCount(in[1]);
        require(devices <= Memory.MAX_DEVICES, "with too many devices");
        require(recent >= 1 && recent <= Memory.MAX_RECENT, "with too few or too many recent logins");
        require(devices > 0 || (in[0] & KNOWS_NO_DEVICE) != 0, "without a device");
        require(lengthBytes == liveBytes(in, 0, keyBytes), "of a wrong length");
        require((int) INT.get(in, 24) >= 1 && (int) INT.get(in, 28) >= 1, "with a session that was never begun");
        require((long) LONG.get(in, 16) >= 0, "with a session that begins before any login could");
        require((long) LONG.get(in, 16) <= lastMs(in, 0), "with a session that begins after its last login");
        require(countryCount(in, 0) <= Memory.MAX_COUNTRIES, "with too many countries");
        require((in[39] & 0xF) <= devices, "with more devices in a session than there are");
        int late = (int) INT.get(in, 32);
        require(late >= 0 && late <= (int) INT.get(in, 28), "with more late logins than there are");
        int countriesAt = lengthBytes - countryCount(in, 0) * COUNTRY_BYTES;
        for (int at = countriesAt; at < lengthBytes; at++) {
            require(in[at] >= 'A' && in[at] <= 'Z', "with a country that is none");
        }
        for (int at = LIVE_KEY + keyBytes + recent * RECENT_BYTES; at < countriesAt; at += DEVICE_BYTES) {
            long version = (long) LONG.get(in, at + 16);
            require((version & ~(VERSION_MASK | HAS_VERSION)) == 0, "with unknown flags of a device");
            require((version & HAS_VERSION) != 0 || version == 0, "with a version that is none");
        }
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("not a user's image: " + fault);
        }
    }
}
