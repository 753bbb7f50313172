package io.gatehouse.reference;

import java.util.ArrayList;
import java.util.List;

/** A user's session as it grows. */
final class CurrentSession {
    private static final int MAX_DEVICES = 8;
    private static final int MAX_COUNTRIES = 8;

    private final String userId;
    private final long number;
    private final long startMs;
    private long lastMs;
    private long logins;
    private long lateLogins;
    private final List<String> devices = new ArrayList<>(1);
    private final List<String> countries = new ArrayList<>(1);

    CurrentSession(String userId, long number, long startMs) {
        this.userId = userId;
        this.number = number;
        this.startMs = startMs;
        this.lastMs = startMs;
    }

    /** @param country null when it is not known */
    void add(LoginEvent event, String country) {
        logins++;
        if (event.eventTimeMs() < lastMs) {
            lateLogins++;
        }
        lastMs = Math.max(lastMs, event.eventTimeMs());
        addDistinct(devices, event.deviceId(), MAX_DEVICES);
        addDistinct(countries, country, MAX_COUNTRIES);
    }

    private static void addDistinct(List<String> values, String value, int most) {
        if (value != null && values.size() < most && !values.contains(value)) {
            values.add(value);
        }
    }

    String id() {
        return Session.id(userId, startMs);
    }

    long number() {
        return number;
    }

    long startMs() {
        return startMs;
    }

    long lastMs() {
        return lastMs;
    }

    long logins() {
        return logins;
    }

    Session snapshot() {
        return new Session(
                userId,
                number,
                startMs,
                lastMs,
                logins,
                lateLogins,
                devices.size(),
                countries.stream().sorted().toList());
    }
}
