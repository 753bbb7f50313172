package io.gatehouse.peers.job;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/** XXH64 of what logins are known by. Not thread-safe. */
final class LoginHash {
    private static final XXHash64 HASH = XXHashFactory.fastestJavaInstance().hash64();
    private static final int SEED = 0;
    private static final int HEX_DIGITS = 16;
    /** Device, time, the longest address, and whether there are device and address. */
    private static final int MAX_FINGERPRINT_BYTES = 8 + 8 + 16 + 2;

    private static final int MAX_DECIMAL_DIGITS = 20;

    private final ByteBuffer fingerprint = ByteBuffer.allocate(MAX_FINGERPRINT_BYTES);

    long ofDevice(String deviceId) {
        byte[] bytes = deviceId.getBytes(StandardCharsets.UTF_8);
        return HASH.hash(bytes, 0, bytes.length, SEED);
    }

    /** Equal for logins with the same device, address and event time. */
    long ofLogin(Login login, long deviceId) {
        fingerprint.clear();
        fingerprint.putLong(deviceId).putLong(login.eventTimeMs());
        fingerprint.put((byte) (login.deviceId() == null ? 0 : 1));
        if (login.ip() != null) {
            fingerprint.put((byte) 1).put(login.ip());
        }
        return HASH.hash(fingerprint.array(), 0, fingerprint.position(), SEED);
    }

    /** The contract's {@code session.id}: of the user, a zero byte and the start in decimal milliseconds. */
    String ofSession(byte[] userId, long startMs) {
        ByteBuffer bytes = ByteBuffer.allocate(userId.length + 1 + MAX_DECIMAL_DIGITS);
        bytes.put(userId).put((byte) 0).put(Long.toString(startMs).getBytes(StandardCharsets.ISO_8859_1));
        long hash = HASH.hash(bytes.array(), 0, bytes.position(), SEED);
        String hex = Long.toHexString(hash);
        return "0".repeat(HEX_DIGITS - hex.length()) + hex;
    }
}
