package io.gatehouse.peers.streams;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a store that is not Gatehouse's has to know of the images of users: whose one is, and of when. Their layout is
 * drawn in the core's {@code Image}; an engine of Gatehouse's need not look into them.
 */
final class UserImage {
    private static final int KIND_MASK = 3;
    private static final int FORGOTTEN = 2;
    private static final int TEXT_KEY = 1 << 2;
    private static final int KEY_LENGTH_AT = 2;
    private static final int LAST_AT = 8;
    private static final int FORGOTTEN_KEY_AT = 4;
    private static final int LIVE_KEY_AT = 40;

    private UserImage() {}

    static boolean isForgotten(byte[] image) {
        return (image[0] & KIND_MASK) == FORGOTTEN;
    }

    /** The same for all images of a user, and for no other's. */
    static byte[] key(byte[] image) {
        int from = isForgotten(image) ? FORGOTTEN_KEY_AT : LIVE_KEY_AT;
        int length = ordered(image).getShort(KEY_LENGTH_AT) & 0xffff;
        byte[] key = new byte[length + 1];
        System.arraycopy(image, from, key, 0, length);
        // Sixteen bytes may be a UUID or text.
        key[length] = (byte) (image[0] & TEXT_KEY);
        return key;
    }

    /** The user's latest login, epoch milliseconds. */
    static long lastMs(byte[] image) {
        return ordered(image).getLong(LAST_AT);
    }

    private static ByteBuffer ordered(byte[] image) {
        return ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    }
}
