package io.gatehouse.core.login;

/** The contract's rules for the fields of a well-formed event, in the contract's order: the first fault is the reason. */
final class Validator {
    private static final int MAX_USER_ID_CODE_POINTS = 128;
    private static final int MAX_TEXT_CODE_POINTS = 256;
    private static final char DELETE = 0x7F;

    private Validator() {}

    /** Writes the fields into the login, or the first fault found; false in that case. */
    static boolean validate(Members members, long recordTimestampMs, Login into) {
        return userId(members.of(Field.USER_ID), into)
                && timestamp(members.of(Field.TIMESTAMP), recordTimestampMs, into)
                && ip(members.of(Field.IP), into)
                && text(Field.DEVICE_TYPE, members.of(Field.DEVICE_TYPE), into.deviceType, into)
                && text(Field.APP_VERSION, members.of(Field.APP_VERSION), into.appVersion, into)
                && text(Field.LOCALE, members.of(Field.LOCALE), into.locale, into)
                && text(Field.DEVICE_ID, members.of(Field.DEVICE_ID), into.deviceId, into);
    }

    private static boolean userId(Member found, Login into) {
        if (found.isAbsentOrNull()) {
            return into.refuse(Reason.MISSING_FIELD, Field.USER_ID);
        }
        if (!found.isString()) {
            return into.refuse(Reason.WRONG_TYPE, Field.USER_ID);
        }
        if (!isUserId(into.text(), found.from(), found.to())) {
            return into.refuse(Reason.INVALID_USER_ID, Field.USER_ID);
        }
        into.userId.set(found.from(), found.to());
        return true;
    }

    private static boolean isUserId(byte[] text, int from, int to) {
        return from < to && !hasControlCharacter(text, from, to) && isAtMost(MAX_USER_ID_CODE_POINTS, text, from, to);
    }

    /** U+0000–001F and U+007F–009F. In UTF-8, the last 32 of them are C2 80 to C2 9F. */
    private static boolean hasControlCharacter(byte[] text, int from, int to) {
        for (int i = plainEnd(text, from, to); i < to; i++) {
            byte b = text[i];
            boolean isAscii = b >= 0;
            if (isAscii ? b < 0x20 || b == DELETE : b == (byte) 0xC2 && text[i + 1] < (byte) 0xA0) {
                return true;
            }
        }
        return false;
    }

    /** Where looking byte by byte must begin: before it, there is only printable ASCII. */
    private static int plainEnd(byte[] text, int from, int to) {
        int at = from;
        while (at + Words.BYTES <= to && isPlain(Words.at(text, at))) {
            at += Words.BYTES;
        }
        return at;
    }

    private static boolean isPlain(long word) {
        return (Words.below(word, ' ') | Words.equalTo(word, DELETE)) == 0 && Words.isAscii(word);
    }

    private static boolean timestamp(Member found, long recordTimestampMs, Login into) {
        if (found.isAbsentOrNull()) {
            return into.refuse(Reason.MISSING_FIELD, Field.TIMESTAMP);
        }
        if (found.kind() == Kind.OTHER) {
            return into.refuse(Reason.WRONG_TYPE, Field.TIMESTAMP);
        }
        long timeMs =
                switch (found.kind()) {
                    case INTEGER -> EventTime.ofInteger(into.text(), found.from(), found.to(), recordTimestampMs);
                    case STRING -> EventTime.ofString(into.text(), found.from(), found.to(), recordTimestampMs);
                    default -> EventTime.INVALID;
                };
        if (timeMs == EventTime.INVALID) {
            return into.refuse(Reason.INVALID_TIMESTAMP, Field.TIMESTAMP);
        }
        if (timeMs == EventTime.OUT_OF_RANGE) {
            return into.refuse(Reason.TIMESTAMP_OUT_OF_RANGE, Field.TIMESTAMP);
        }
        into.eventTimeMs = timeMs;
        return true;
    }

    private static boolean ip(Member found, Login into) {
        if (found.isAbsentOrNull()) {
            into.ip.clear();
            return true;
        }
        if (!found.isString()) {
            return into.refuse(Reason.WRONG_TYPE, Field.IP);
        }
        boolean isAddress = into.ip.parse(into.text(), found.from(), found.to());
        if (!isAddress) {
            return into.refuse(Reason.INVALID_IP, Field.IP);
        }
        return true;
    }

    private static boolean text(Field field, Member found, Text target, Login into) {
        if (found.isAbsentOrNull()) {
            target.clear();
            return true;
        }
        if (!found.isString()) {
            return into.refuse(Reason.WRONG_TYPE, field);
        }
        if (!isAtMost(MAX_TEXT_CODE_POINTS, into.text(), found.from(), found.to())) {
            return into.refuse(Reason.FIELD_TOO_LONG, field);
        }
        target.set(found.from(), found.to());
        return true;
    }

    /** A code point takes a byte at least, so the usual text need not be counted. */
    private static boolean isAtMost(int codePoints, byte[] text, int from, int to) {
        return to - from <= codePoints || Utf8.codePoints(text, from, to) <= codePoints;
    }
}
