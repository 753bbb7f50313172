package io.gatehouse.core.profile;

import io.gatehouse.core.login.Digits;
import io.gatehouse.core.login.Text;

/** Names sessions: XXH64 with seed 0 of the {@code user_id}, a zero byte and the start in decimal milliseconds. */
final class SessionId {
    private final byte[] scratch = new byte[Image.MAX_KEY_BYTES + 1 + Digits.MAX_BYTES];

    /** @param startMs the session's start, epoch milliseconds, not negative */
    long of(Text userId, long startMs) {
        return of(userId.bytes(), userId.from(), userId.to(), startMs);
    }

    long of(byte[] userId, int from, int to, long startMs) {
        int length = to - from;
        System.arraycopy(userId, from, scratch, 0, length);
        scratch[length] = 0;
        int end = Digits.write(startMs, scratch, length + 1);
        return XxHash64.hash(scratch, 0, end, 0);
    }
}
