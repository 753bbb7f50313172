package io.gatehouse.core.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A {@code user_id} as the table keeps it, and its hash: the sixteen bytes of a canonical lower-case UUID, or else the
 * text's own UTF-8 bytes. Reused from login to login; of a text it keeps no copy.
 */
final class UserKey {
    static final int UUID_BYTES = 16;

    private static final int UUID_CHARS = 36;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** The value of each lower-case hexadecimal digit, negative for every other byte. */
    private static final byte[] HEX = hexValues();

    private boolean isText;
    private long high;
    private long low;
    private byte[] bytes;
    private int from;
    private int to;
    private long hash;

    /** @param seed of the hash; one for each table, so that nobody can choose users who collide */
    void set(byte[] userId, int start, int end, long seed) {
        isText = !isUuid(userId, start, end);
        if (isText) {
            bytes = userId;
            from = start;
            to = end;
            hash = XxHash64.hash(userId, start, end, seed);
        } else {
            high = eightDigits(userId, start) << 32
                    | fourDigits(userId, start + 9) << 16
                    | fourDigits(userId, start + 14);
            low = fourDigits(userId, start + 19) << 48
                    | fourDigits(userId, start + 24) << 32
                    | eightDigits(userId, start + 28);
            hash = XxHash64.hash(high, low, seed);
        }
    }

    /** Takes the key of a record or image. */
    void read(byte[] image, int imageAt, long seed) {
        int keyAt = Image.keyAt(image, imageAt);
        isText = Image.hasTextKey(image, imageAt);
        if (isText) {
            bytes = image;
            from = keyAt;
            to = keyAt + Image.keyBytes(image, imageAt);
            hash = XxHash64.hash(bytes, from, to, seed);
        } else {
            high = (long) LONG.get(image, keyAt);
            low = (long) LONG.get(image, keyAt + 8);
            hash = XxHash64.hash(high, low, seed);
        }
    }

    boolean isText() {
        return isText;
    }

    int lengthBytes() {
        return isText ? to - from : UUID_BYTES;
    }

    long hash() {
        return hash;
    }

    boolean isKeyOf(byte[] image, int imageAt) {
        int keyAt = Image.keyAt(image, imageAt);
        if (Image.hasTextKey(image, imageAt) != isText) {
            return false;
        }
        return isText
                ? Arrays.equals(bytes, from, to, image, keyAt, keyAt + Image.keyBytes(image, imageAt))
                : (long) LONG.get(image, keyAt) == high && (long) LONG.get(image, keyAt + 8) == low;
    }

    void write(byte[] image, int keyAt) {
        if (isText) {
            System.arraycopy(bytes, from, image, keyAt, to - from);
        } else {
            LONG.set(image, keyAt, high);
            LONG.set(image, keyAt + 8, low);
        }
    }

    /** Whether a text is a UUID in the one spelling that can be told from its sixteen bytes: lower case, with hyphens. */
    static boolean isUuid(byte[] text, int from, int to) {
        if (to - from != UUID_CHARS) {
            return false;
        }
        int faults = 0;
        for (int i = 0; i < UUID_CHARS; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            byte b = text[from + i];
            faults |= hyphen ? b ^ '-' : HEX[b & 0xFF] & 0x80;
        }
        return faults == 0;
    }

    private static long eightDigits(byte[] text, int at) {
        return fourDigits(text, at) << 16 | fourDigits(text, at + 4);
    }

    private static long fourDigits(byte[] text, int at) {
        return HEX[text[at]] << 12 | HEX[text[at + 1]] << 8 | HEX[text[at + 2]] << 4 | HEX[text[at + 3]];
    }

    private static byte[] hexValues() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 16; i++) {
            values["0123456789abcdef".charAt(i)] = (byte) i;
        }
        return values;
    }
}
