package io.gatehouse.lab.generate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * Users who return: some often, most seldom, by the hour of the day where they live, in bursts, from a place of their
 * own, on their own devices; with the variety of spelling that many producers bring.
 */
final class RealisticTraffic implements Traffic {
    /** Users by activity: the share of the most active tenth is about 40 %. */
    private static final double SKEW = 2.5;

    private static final int ATTEMPTS_TO_FIND_ONE_AWAKE = 4;
    private static final int LATELY = 64;
    private static final double RETURNS_AT_ONCE = 0.2;
    private static final long SECOND_MS = 1_000L;
    private static final long MINUTE_MS = 60_000L;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    /** No event time lies before this, 2000-01-01 and a day: earlier ones would be refused. */
    private static final long EARLIEST_MS = 946_684_800_000L + 24 * HOUR_MS;

    private static final String[] EXTRAS = {
        "1e400",
        "12345678901234567890",
        "-0.0",
        "[1, [2, {\"a\": null}]]",
        "{\"os\": \"17.1\", \"screen\": [1170, 2532], \"enrichment\": true}",
        "\"\\u00e9\\ud83d\\ude00 \\\"quoted\\\" \\/ é😀\"",
        "\"\"",
        "false"
    };

    private final long seed;
    private final int users;
    private final boolean oneLine;
    private final long[] lately = new long[LATELY];
    private int seen;

    RealisticTraffic(long seed, int users, boolean oneLine) {
        this.seed = seed;
        this.users = users;
        this.oneLine = oneLine;
    }

    @Override
    public Draft next(long nowMs, SplittableRandom chance) {
        long timeMs = Math.max(EARLIEST_MS, nowMs + offsetMs(chance));
        Person person = someone(timeMs, chance);
        Device device = person.device(deviceIndex(person.devices(), chance), timeMs);
        String user = person.id();

        Draft draft = new Draft(user).add("user_id", spelled(user, chance));
        addMaybe(draft, "app_version", device.appVersion(timeMs, chance.nextInt(500) == 0 ? 1 : 0), 0.01, chance);
        if (chance.nextInt(4) == 0) {
            addMaybe(draft, "device_type", device.type(), 0.05, chance);
            addAddress(draft, person, timeMs, chance);
        } else {
            addAddress(draft, person, timeMs, chance);
            addMaybe(draft, "device_type", device.type(), 0.05, chance);
        }
        addMaybe(draft, "locale", person.locale(), 0.01, chance);
        addMaybe(draft, "device_id", device.id(), 0.01, chance);
        draft.add("timestamp", timestamp(timeMs, chance));
        if (chance.nextInt(20) == 0) {
            draft.add("x_" + chance.nextInt(10), EXTRAS[chance.nextInt(EXTRAS.length)]);
        }
        return draft.spacing(spacing(chance));
    }

    /** How far an event's time is off the stream's: mostly not at all, seldom late, hardly ever early. */
    private static long offsetMs(SplittableRandom chance) {
        double share = chance.nextDouble();
        if (share >= 0.04) {
            return 0;
        }
        if (share < 0.001) {
            return -chance.nextLong(24 * HOUR_MS, 72 * HOUR_MS);
        }
        if (share < 0.004) {
            return -chance.nextLong(HOUR_MS, 8 * HOUR_MS);
        }
        if (share < 0.011) {
            return -chance.nextLong(2 * MINUTE_MS, 40 * MINUTE_MS);
        }
        return share < 0.036 ? -chance.nextLong(SECOND_MS, 2 * MINUTE_MS) : chance.nextLong(MINUTE_MS);
    }

    private Person someone(long timeMs, SplittableRandom chance) {
        if (seen >= LATELY && chance.nextDouble() < RETURNS_AT_ONCE) {
            return new Person(seed, lately[chance.nextInt(LATELY)]);
        }
        long number = 0;
        for (int attempt = 0; attempt < ATTEMPTS_TO_FIND_ONE_AWAKE; attempt++) {
            number = (long) (users * Math.pow(chance.nextDouble(), SKEW));
            if (chance.nextDouble() < new Person(seed, number).wakefulness(timeMs)) {
                break;
            }
        }
        lately[seen++ & LATELY - 1] = number;
        if (seen == Integer.MAX_VALUE) {
            seen = LATELY;
        }
        return new Person(seed, number);
    }

    private static int deviceIndex(int devices, SplittableRandom chance) {
        return chance.nextInt(10) < 6 ? 0 : chance.nextInt(devices);
    }

    private static String spelled(String user, SplittableRandom chance) {
        String quoted = Draft.quoted(user);
        return user.charAt(0) == 'z' && chance.nextBoolean() ? quoted.replace("ë", "\\u00eb") : quoted;
    }

    /** Adds a string member, but for a share that leaves it out; a tenth of these says null. */
    private static void addMaybe(Draft draft, String name, String text, double without, SplittableRandom chance) {
        double share = chance.nextDouble();
        if (share >= without) {
            draft.addText(name, text);
        } else if (share < without / 10) {
            draft.add(name, "null");
        }
    }

    private static void addAddress(Draft draft, Person person, long timeMs, SplittableRandom chance) {
        addMaybe(draft, "ip", address(person, timeMs, chance), 0.005, chance);
    }

    private static String address(Person person, long timeMs, SplittableRandom chance) {
        int share = chance.nextInt(1000);
        if (share < 10) {
            return Names.quad(chance.nextInt());
        }
        if (share < 16) {
            return "192.168." + chance.nextInt(4) + "." + chance.nextInt(1, 255);
        }
        if (share < 18) {
            return "fd12:3456:789a::" + Integer.toHexString(chance.nextInt(0x10000));
        }
        Home place = person.whereabouts(timeMs);
        boolean mobile = share < 200;
        long number = mobile ? chance.nextLong() : person.addressNumber(timeMs);
        if (place.hasIpv6() && person.usesIpv6() && !mobile) {
            return place.ipv6(number);
        }
        return share < 20 ? "::ffff:" + place.ipv4(number) : place.ipv4(number);
    }

    private static String timestamp(long timeMs, SplittableRandom chance) {
        int share = chance.nextInt(100);
        if (share < 84) {
            return Long.toString(timeMs / 1000);
        }
        if (share < 90) {
            return "\"" + timeMs / 1000 + "\"";
        }
        if (share < 94) {
            return Long.toString(timeMs);
        }
        if (share < 96) {
            return "\"" + timeMs + "\"";
        }
        if (share < 99) {
            return "\"" + Instant.ofEpochMilli(timeMs) + "\"";
        }
        ZoneOffset offset = ZoneOffset.ofHoursMinutes(5, 30);
        return "\""
                + OffsetDateTime.ofInstant(Instant.ofEpochSecond(timeMs / 1000), offset)
                        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                + "\"";
    }

    private Draft.Spacing spacing(SplittableRandom chance) {
        int share = chance.nextInt(200);
        if (share < 10) {
            return Draft.Spacing.COMPACT;
        }
        return share == 10 && !oneLine ? Draft.Spacing.INDENTED : Draft.Spacing.SPACED;
    }
}
