package io.gatehouse.engine.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The logins that the journals kept from former format versions remember, and those that come after them: always the
 * same, so that a judge of today can be told them too. To be changed never: the kept journals cannot be made again.
 */
final class FormerLogins {
    static final long NOW_MS = 1_700_000_000_000L;
    private static final int USERS = 40;
    private static final int REMEMBERED = 1_000;
    private static final int FOLLOWING = 2_000;
    private static final long DAY_MS = 86_400_000;

    private FormerLogins() {}

    /** The logins judged before the journal was kept. The last one's time is more than twice the retention after the first's. */
    static List<byte[]> remembered() {
        Random random = new Random(1);
        List<byte[]> logins = new ArrayList<>();
        logins.add(login("forgotten since", NOW_MS - 200 * DAY_MS, random));
        for (int i = 0; i < REMEMBERED; i++) {
            logins.add(login(user(random), NOW_MS - (REMEMBERED - i) * 600_000L - lateness(random), random));
        }
        return logins;
    }

    /** Logins of the same users afterwards. */
    static List<byte[]> following() {
        Random random = new Random(2);
        List<byte[]> logins = new ArrayList<>();
        for (int i = 0; i < FOLLOWING; i++) {
            logins.add(login(user(random), NOW_MS + i * 60_000L - lateness(random), random));
        }
        return logins;
    }

    private static String user(Random random) {
        int number = random.nextInt(USERS);
        return switch (number % 3) {
            case 0 -> new UUID(5, number).toString();
            case 1 -> "user " + number;
            default -> "käthe " + number;
        };
    }

    private static long lateness(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(3_600_000) : 0;
    }

    private static byte[] login(String user, long timeMs, Random random) {
        String device = random.nextInt(4) == 0 ? "null" : "\"d" + random.nextInt(11) + '"';
        String version = random.nextInt(5) == 0 ? "null" : "\"1." + random.nextInt(5) + '"';
        return ("{\"user_id\":\"" + user + "\",\"timestamp\":" + timeMs + ",\"ip\":\"8.8.8." + random.nextInt(3)
                        + "\",\"device_id\":" + device + ",\"app_version\":" + version + "}")
                .getBytes(UTF_8);
    }
}
