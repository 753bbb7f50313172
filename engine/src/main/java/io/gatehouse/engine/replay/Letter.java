package io.gatehouse.engine.replay;

import io.gatehouse.core.login.Glimpse;
import io.gatehouse.engine.deadletter.DeadLetter;
import io.gatehouse.engine.lookup.RecordPlace;

/** A dead letter, and what it tells of the app that sent it. */
public record Letter(DeadLetter dead, Glimpse glimpse) {
    /** Where it lies in the dead-letter topic. */
    public RecordPlace place() {
        return new RecordPlace(
                dead.record().topic(), dead.record().partition(), dead.record().offset());
    }

    public Cause cause() {
        return new Cause(dead.reason(), dead.field());
    }

    /** The original's value; null when it has none. */
    public byte[] value() {
        return dead.record().value();
    }
}
