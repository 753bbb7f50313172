package io.gatehouse.app.dlq;

import io.gatehouse.core.login.Field;
import io.gatehouse.engine.replay.Cause;

/** What an app began to do, as the rest of a sentence. */
final class CauseWords {
    private CauseWords() {}

    static String of(Cause cause) {
        String field = cause.field() == null ? "a field" : cause.field().label();
        return switch (cause.reason()) {
            case EMPTY_VALUE -> "to send empty values";
            case TOO_LARGE -> "to send events larger than max.event.bytes";
            case INVALID_UTF8 -> "to send what is no UTF-8";
            case MALFORMED_JSON -> "to send malformed JSON";
            case NOT_AN_OBJECT -> "to send JSON that is no object";
            case DUPLICATE_FIELD -> "to send a field twice";
            case RESERVED_FIELD -> "to send the reserved field";
            case MISSING_FIELD -> "to omit " + field;
            case WRONG_TYPE -> "to send " + field + " as another type";
            case INVALID_USER_ID, INVALID_TIMESTAMP, INVALID_IP -> "to send an invalid " + field;
            case TIMESTAMP_OUT_OF_RANGE ->
                "to send a " + Field.TIMESTAMP.label() + " too far in the past or the future";
            case FIELD_TOO_LONG -> "to send too long a " + field;
        };
    }
}
