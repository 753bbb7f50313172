package io.gatehouse.engine.lookup;

/** Hears how far a search is. */
@FunctionalInterface
public interface Progress {
    /** @param total offsets to look through at most; 0 when there are none */
    void at(String topic, long done, long total);
}
