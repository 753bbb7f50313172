package io.gatehouse.core.profile;

import io.gatehouse.core.login.Text;

/** Names sessions: XXH64 with seed 0 of the {@code user_id}, a zero byte and the start in decimal milliseconds. */
final class SessionId {
    private static final int MAX_DIGITS = 19;

    private final byte[] scratch = new byte[Image.MAX_KEY_BYTES + 1 + MAX_DIGITS];

    /** @param startMs the session's start, epoch milliseconds, not negative */
    long of(Text userId, long startMs) {
        int length = userId.lengthBytes();
        System.arraycopy(userId.bytes(), userId.from(), scratch, 0, length);
        scratch[length] = 0;
        int end = length + 1 + digits(startMs);
        long rest = startMs;
        for (int i = end - 1; i > length; i--) {
            scratch[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return XxHash64.hash(scratch, 0, end, 0);
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
