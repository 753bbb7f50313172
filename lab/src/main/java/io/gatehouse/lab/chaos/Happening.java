package io.gatehouse.lab.chaos;

import java.time.Duration;

/**
 * A fault that was carried out.
 *
 * @param kind the fault's name
 * @param beganMs when, in milliseconds since the watch began
 * @param endedMs when the pipeline had recovered, or was given up
 * @param recovery from the harm, or its end where it lasts, to recovery; null when there was none
 * @param trouble why it is not survived, or was left out; null when it is survived
 * @param leftOut whether it could not be made here
 */
record Happening(String kind, long beganMs, long endedMs, Duration recovery, String trouble, boolean leftOut) {
    static Happening survived(String kind, long beganMs, long endedMs, Duration recovery) {
        return new Happening(kind, beganMs, endedMs, recovery, null, false);
    }

    boolean isSurvived() {
        return trouble == null;
    }

    boolean isFailed() {
        return trouble != null && !leftOut;
    }
}
