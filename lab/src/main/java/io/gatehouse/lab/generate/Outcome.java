package io.gatehouse.lab.generate;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;

/**
 * What must become of a generated event, known because of how it was made.
 *
 * @param reason why it must be refused; null when it must be accepted
 * @param field the field at fault; null for a fault of the whole and for an accepted event
 */
public record Outcome(Reason reason, Field field) {
    public static final Outcome ACCEPTED = new Outcome(null, null);

    /** "accepted", "reason" or "reason field": the text of the record's {@code generator.outcome} header. */
    public String label() {
        if (reason == null) {
            return "accepted";
        }
        return field == null ? reason.label() : reason.label() + " " + field.label();
    }
}
