package io.gatehouse.lab.corpus;

/**
 * What must become of a record, by the contract and by how the record was made; in the contract's words, none of them
 * taken from the code that is tried.
 *
 * @param outcome "accepted", or a dead letter's reason and, behind a space, its field
 * @param ipCategory the result's {@code ip_category}; null where nothing is said of it
 * @param eventTime the result's {@code event_time}; null where nothing is said of it
 */
record Expectation(String outcome, String ipCategory, String eventTime) {
    static final Expectation ACCEPTED = new Expectation("accepted", null, null);
    static final Expectation EMPTY_VALUE = refused("empty_value");
    static final Expectation TOO_LARGE = refused("too_large");
    static final Expectation INVALID_UTF8 = refused("invalid_utf8");
    static final Expectation MALFORMED_JSON = refused("malformed_json");
    static final Expectation NOT_AN_OBJECT = refused("not_an_object");
    static final Expectation DUPLICATE_FIELD = refused("duplicate_field");
    static final Expectation RESERVED_FIELD = refused("reserved_field");

    /** Kafka itself must refuse the record: it never reaches the topic. */
    static final Expectation NOT_TAKEN = new Expectation("refused by the broker", null, null);

    /** A fault of the whole. */
    private static Expectation refused(String reason) {
        return new Expectation(reason, null, null);
    }

    static Expectation refused(String reason, String field) {
        return new Expectation(reason + " " + field, null, null);
    }

    static Expectation withCategory(String ipCategory) {
        return new Expectation(ACCEPTED.outcome, ipCategory, null);
    }

    static Expectation withTime(String eventTime) {
        return new Expectation(ACCEPTED.outcome, null, eventTime);
    }

    /** @param came what became of the record, with all that an accepted one tells; null for nothing */
    boolean isMetBy(Expectation came) {
        return came != null
                && came.outcome.equals(outcome)
                && (ipCategory == null || ipCategory.equals(came.ipCategory))
                && (eventTime == null || eventTime.equals(came.eventTime));
    }

    boolean isAccepted() {
        return outcome.equals(ACCEPTED.outcome);
    }

    @Override
    public String toString() {
        return outcome + (ipCategory == null ? "" : ", " + ipCategory) + (eventTime == null ? "" : ", " + eventTime);
    }
}
