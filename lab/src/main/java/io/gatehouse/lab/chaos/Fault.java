package io.gatehouse.lab.chaos;

import java.time.Duration;

/**
 * One way to break a pipeline.
 *
 * @param name as {@code --faults} takes it
 * @param what is done, in a few words, for the report
 * @param share how often it comes in each round of the rotation; at least 1
 * @param action breaks and mends
 */
record Fault(String name, String what, int share, Action action) {
    /** Breaks something and mends it. */
    @FunctionalInterface
    interface Action {
        /**
         * Carries a fault out, and returns when the pipeline has recovered.
         *
         * @return from the harm (or its end, where it lasts) to recovery
         * @throws NotSurvived when the pipeline does not recover, or not as it must
         * @throws LeftOut when this machine does not allow the fault
         */
        Duration carryOut(Scene scene) throws InterruptedException;
    }
}
