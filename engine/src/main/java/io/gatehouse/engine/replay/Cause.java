package io.gatehouse.engine.replay;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;

/**
 * Why an event is refused.
 *
 * @param field null for a fault of the whole
 */
public record Cause(Reason reason, Field field) {
    @Override
    public String toString() {
        return field == null ? reason.label() : reason.label() + " " + field.label();
    }
}
