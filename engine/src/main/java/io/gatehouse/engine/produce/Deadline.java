package io.gatehouse.engine.produce;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;

/** Until when something is waited for. */
final class Deadline {
    private final String what;
    private final long endNs;

    /** @param what is waited for, for people */
    Deadline(String what, long inMs) {
        this.what = what;
        this.endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(inMs);
    }

    /**
     * Milliseconds left, at least one.
     *
     * @throws TimeoutException when none is left
     */
    long leftMs() {
        long leftNs = endNs - System.nanoTime();
        if (leftNs <= 0) {
            throw passed();
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNs));
    }

    TimeoutException passed() {
        return new TimeoutException("no answer in time to " + what);
    }
}
