package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;

/** All that a decoder says of an event, comparable. Of a refused event only the reason and the field count. */
record Outcome(
        Reason reason,
        Field field,
        int open,
        int end,
        long eventTimeMs,
        String userId,
        String ip,
        String deviceType,
        String appVersion,
        String locale,
        String deviceId) {

    static Outcome of(Login login) {
        if (login.reason() != null) {
            return refused(login.reason(), login.field());
        }
        return new Outcome(
                null,
                null,
                login.open(),
                login.end(),
                login.eventTimeMs(),
                string(login.userId()),
                login.ip().family() + ":" + login.ip().high() + ":" + login.ip().low(),
                string(login.deviceType()),
                string(login.appVersion()),
                string(login.locale()),
                string(login.deviceId()));
    }

    static Outcome refused(Reason reason, Field field) {
        return new Outcome(reason, field, 0, 0, 0, null, null, null, null, null, null);
    }

    static String string(Text text) {
        return text.isPresent()
                ? new String(text.bytes(), text.from(), text.lengthBytes(), StandardCharsets.UTF_8)
                : null;
    }
}
