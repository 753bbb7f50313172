package io.gatehouse.app.metrics;

/** What there is to tell of one subject. */
@FunctionalInterface
public interface Meters {
    /** Adds the subject's figures as they are now. Any thread may ask, one at a time. */
    void addTo(Figures page);
}
