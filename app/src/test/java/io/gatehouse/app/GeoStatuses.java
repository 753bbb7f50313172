package io.gatehouse.app;

import java.time.Instant;

/** What a test says of the table of places where it does not matter. */
public final class GeoStatuses {
    private GeoStatuses() {}

    public static GeoStatus some() {
        return withTrouble(null);
    }

    public static GeoStatus withTrouble(String trouble) {
        return new GeoStatus(Instant.parse("2026-06-05T00:00:00Z"), 7, 2, 1, trouble);
    }
}
