package io.gatehouse.core.profile;

import io.gatehouse.core.login.Digits;
import io.gatehouse.core.login.Words;
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
    /** Where a UUID's text has the two digits of each of its bytes. */
    private static final int[] BYTE_AT = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};

    private static final int[] HYPHEN_AT = {8, 13, 18, 23};
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private boolean isText;
    private long high;
    private long low;
    private byte[] bytes;
    private int from;
    private int to;
    private long hash;

    /** @param seed of the hash; one for each table, so that nobody can choose users who collide */
    void set(byte[] userId, int start, int end, long seed) {
        isText = !readUuid(userId, start, end);
        if (isText) {
            bytes = userId;
            from = start;
            to = end;
            hash = XxHash64.hash(userId, start, end, seed);
        } else {
            hash = XxHash64.hash(high, low, seed);
        }
    }

    /** Reads a UUID in the one spelling that can be told from its sixteen bytes: lower case, with hyphens. */
    private boolean readUuid(byte[] text, int start, int end) {
        if (end - start != UUID_CHARS) {
            return false;
        }
        long first = HexDigits.eight(Words.at(text, start));
        long second = HexDigits.eight(fourAndFour(text, start + 9, start + 14));
        long third = HexDigits.eight(fourAndFour(text, start + 19, start + 24));
        long fourth = HexDigits.eight(Words.at(text, start + 28));
        high = first << 32 | second;
        low = third << 32 | fourth;
        return (first | second | third | fourth) >= 0
                && (text[start + 8] ^ '-' | text[start + 13] ^ '-' | text[start + 18] ^ '-' | text[start + 23] ^ '-')
                        == 0;
    }

    /** Four bytes, and four that begin five after them. */
    private static long fourAndFour(byte[] text, int first, int second) {
        return Words.at(text, first) & 0xFFFF_FFFFL | Words.at(text, second - 4) & 0xFFFF_FFFF_0000_0000L;
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

    /**
     * Writes the {@code user_id} itself.
     *
     * @return the index after its last byte
     */
    int writeText(byte[] out, int at) {
        if (isText) {
            System.arraycopy(bytes, from, out, at, to - from);
            return at + to - from;
        }
        for (int i = 0; i < UUID_BYTES; i++) {
            long half = i < Long.BYTES ? high : low;
            Digits.writeHex((byte) (half >>> 56 - 8 * (i & 7)), out, at + BYTE_AT[i]);
        }
        for (int hyphenAt : HYPHEN_AT) {
            out[at + hyphenAt] = '-';
        }
        return at + UUID_CHARS;
    }

    static boolean isUuid(byte[] text, int from, int to) {
        return new UserKey().readUuid(text, from, to);
    }
}
