package io.gatehouse.peers.job;

/**
 * Why a record is no login.
 *
 * @param reason the contract's word for it
 * @param field the field at fault; null for a fault of the whole
 */
public record Refusal(String reason, String field) implements Reading, Outcome {
    /** The header of a dead letter that tells the reason. */
    public static final String REASON_HEADER = "gatehouse.reason";

    /** The header of a dead letter that tells the field, where there is one. */
    public static final String FIELD_HEADER = "gatehouse.field";

    static Refusal whole(String reason) {
        return new Refusal(reason, null);
    }
}
