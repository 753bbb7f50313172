package io.gatehouse.engine.deadletter;

import io.gatehouse.core.login.Reason;
import java.util.concurrent.TimeUnit;

/**
 * Notices refused values that begin like those of a schema registry's serializers: a zero byte, the schema's number in
 * four bytes, then the content. No JSON text begins so, thus nothing that could be read is taken for one; a whole topic
 * may be written so, and then a hint helps more than a reason for each record.
 */
final class FramedValues {
    private static final int FRAME_BYTES = 5;
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(10);

    private boolean said;
    private long lastSaidNs;

    static boolean isFramed(byte[] value, Reason reason) {
        boolean isNoJson = reason == Reason.MALFORMED_JSON || reason == Reason.INVALID_UTF8;
        return isNoJson && value.length > FRAME_BYTES && value[0] == 0;
    }

    /** Whether to give the hint now: for the first such value, and again each ten minutes while they come. */
    boolean isHintDue(byte[] value, Reason reason, long nowNs) {
        if (!isFramed(value, reason) || said && nowNs - lastSaidNs < INTERVAL_NS) {
            return false;
        }
        said = true;
        lastSaidNs = nowNs;
        return true;
    }
}
