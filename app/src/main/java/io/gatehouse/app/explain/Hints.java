package io.gatehouse.app.explain;

import io.gatehouse.core.login.Reason;

/** What a producer can do about an event that is refused. */
final class Hints {
    private Hints() {}

    static String of(Reason reason) {
        return switch (reason) {
            case EMPTY_VALUE -> "the record has no value: a tombstone, or a producer that lost its content";
            case TOO_LARGE -> "the value is over max.event.bytes";
            case INVALID_UTF8 -> "the value is not UTF-8: another charset, or bytes of another serializer";
            case MALFORMED_JSON ->
                "the value is not strict JSON: look for text behind it, a byte-order mark, NaN, half a surrogate pair,"
                        + " nesting deeper than 16, or a schema registry's frame";
            case NOT_AN_OBJECT -> "the value is JSON, and not an object";
            case DUPLICATE_FIELD -> "a field stands there twice, and nobody can say which counts";
            case RESERVED_FIELD -> "'enrichment' is Gatehouse's own: is this a result that came back as an event?";
            case MISSING_FIELD -> "the field is absent or null, and an event needs it";
            case WRONG_TYPE -> "the field is of another JSON type than it must be";
            case INVALID_USER_ID -> "it must have 1 to 128 characters, none of them a control character";
            case INVALID_TIMESTAMP ->
                "it must be whole seconds or milliseconds since 1970, or ISO 8601 with date, time and offset";
            case TIMESTAMP_OUT_OF_RANGE ->
                "it is before 2000, or more than 5 minutes after the record's own timestamp: look at the producer's clock";
            case INVALID_IP -> "it must be four decimal numbers without leading zeros, or IPv6 without a zone";
            case FIELD_TOO_LONG -> "it must have at most 256 characters";
        };
    }
}
