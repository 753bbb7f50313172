package io.gatehouse.lab.cluster;

import java.time.Duration;

/** What befalls the connections through a proxy: one thing at a time. */
record Weather(boolean cuts, boolean stalls, long delayNs, boolean losesToBroker, boolean losesToClient) {
    static final Weather FAIR = new Weather(false, false, 0, false, false);
    static final Weather CUT = new Weather(true, false, 0, false, false);
    static final Weather STALL = new Weather(false, true, 0, false, false);
    static final Weather LOSES_TO_BROKER = new Weather(false, false, 0, true, false);
    static final Weather LOSES_TO_CLIENT = new Weather(false, false, 0, false, true);

    static Weather delay(Duration delay) {
        return new Weather(false, false, delay.toNanos(), false, false);
    }
}
