package io.gatehouse.lab.generate;

import java.util.SplittableRandom;

/** Makes good events. */
interface Traffic {
    /**
     * The next event, one that must be accepted.
     *
     * @param nowMs the stream's time, epoch milliseconds; the event's own may lie before it, or up to a minute after
     */
    Draft next(long nowMs, SplittableRandom chance);
}
