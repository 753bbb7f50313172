package io.gatehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;
import java.util.UUID;

/**
 * Seeded events of a few users that meet every rule often: small pools of devices, addresses and times, so that logins
 * repeat, come late, and fall on both sides of each limit.
 */
final class RandomLogins {
    private static final long START_MS = 1_700_000_000_000L;
    private static final String[] PLATFORMS = {"iOS", "ANDROID", "web", "Windows", "macOS", "linux", "tv", "", null};
    private static final String[] VERSIONS = {
        "1.2.3", "v1.2", "2", "1.10.0-beta", "nonsense", "", "65536.0", null, "1.2.4 x"
    };
    private static final String[] ADDRESSES = {
        "8.8.8.8",
        "25.67.1.2",
        "80.222.149.9",
        "80.222.150.1",
        "192.168.1.7",
        "2001:4860:4860::8888",
        "::ffff:8.8.8.8",
        "10.0.0.1",
        "224.0.0.1",
        null
    };

    /** More than are counted by name, so that some are counted as others. */
    private static final int LOCALES = 1_000;

    private final Random random;
    private final JudgeSettings settings;
    private final String[] users;
    private long timeMs = START_MS;

    RandomLogins(long seed, JudgeSettings settings, int userCount) {
        this.random = new Random(seed);
        this.settings = settings;
        this.users = new String[userCount];
        for (int i = 0; i < userCount; i++) {
            users[i] = switch (i % 4) {
                case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
                case 1 -> "user-" + i;
                case 2 -> "käthe.\uD83D\uDE00." + i;
                default ->
                    new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase();
            };
        }
    }

    byte[] next() {
        return event().getBytes(UTF_8);
    }

    private String event() {
        timeMs += step();
        StringBuilder json = new StringBuilder("{");
        member(json, "user_id", one(users));
        json.append(", \"timestamp\":").append(timestamp(timeMs - lateness()));
        member(json, "device_type", one(PLATFORMS));
        member(json, "app_version", one(VERSIONS));
        member(json, "ip", one(ADDRESSES));
        member(json, "locale", random.nextInt(9) == 0 ? "other" : "L" + random.nextInt(LOCALES));
        member(
                json,
                "device_id",
                random.nextInt(6) == 0 ? null : "device " + random.nextInt(random.nextBoolean() ? 3 : 12));
        if (random.nextInt(50) == 0) {
            member(json, "ip", "no address");
        }
        return json.append(random.nextBoolean() ? ",\"more\":[1e400, {}]}\n" : "}")
                .toString();
    }

    private long step() {
        return switch (random.nextInt(40)) {
            case 0 -> settings.sessionGapMs() + random.nextInt(3) - 1;
            case 1 -> settings.sessionGapMs() * random.nextInt(4);
            case 2 -> random.nextInt(8) == 0 ? settings.retentionMs() + random.nextInt(3) - 1 : 0;
            case 3, 4, 5, 6 -> 0;
            default -> random.nextInt(60_000);
        };
    }

    private long lateness() {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextInt(60_000);
            case 1 -> settings.sessionGapMs() + random.nextInt(3) - 1;
            case 2 -> settings.sessionGapMs() * random.nextInt(4);
            default -> 0;
        };
    }

    private String timestamp(long ms) {
        return random.nextBoolean() ? Long.toString(ms) : Long.toString(ms / 1000);
    }

    private <T> T one(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private void member(StringBuilder json, String name, String value) {
        if (value == null && random.nextBoolean()) {
            return;
        }
        if (json.length() > 1) {
            json.append(',');
        }
        json.append('"').append(name).append("\": ");
        json.append(value == null ? "null" : '"' + value + '"');
    }
}
