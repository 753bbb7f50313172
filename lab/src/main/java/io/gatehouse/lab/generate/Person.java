package io.gatehouse.lab.generate;

/** A returning user. Everything lasting about one follows from the number, so none has to be stored. */
final class Person {
    private static final long DAY_MS = 86_400_000L;
    private static final double NAMED = 0.03;
    private static final double ONE_DEVICE = 0.45;
    private static final double TWO_DEVICES = 0.85;
    /** A few own more devices than Gatehouse remembers (8), so that some are forgotten and new again. */
    private static final double COLLECTOR = 0.005;

    private static final int COLLECTION = 12;
    private static final double AWAY = 0.03;
    private static final int TRIP_DAYS = 3;

    /** Logins by local hour, relative to the busiest. */
    private static final double[] RHYTHM = {
        .30, .18, .12, .10, .10, .15, .30, .60, .85, .90, .85, .85, .95, .90, .80, .80, .85, .90, .95, 1, 1, .95, .75,
        .50
    };

    private final long number;
    private final long seed;

    Person(long streamSeed, long number) {
        this.number = number;
        this.seed = Dice.roll(streamSeed, number);
    }

    /** Mostly a UUID; a few are names, of these half with letters beyond ASCII. */
    String id() {
        if (Dice.share(seed, 0) < NAMED) {
            return ((number & 1) == 0 ? "zoë.米-" : "user/") + number;
        }
        return Names.uuid(Dice.roll(seed, 1), Dice.roll(seed, 2));
    }

    /** How likely this person is to log in at a time of day, from 0 to 1. */
    double wakefulness(long timeMs) {
        return RHYTHM[home().localHour(timeMs)];
    }

    private Home home() {
        return Home.of(Dice.roll(seed, 3));
    }

    /** Home, or where a trip has led. */
    Home whereabouts(long timeMs) {
        long trip = Dice.roll(seed, 4 + Math.floorDiv(timeMs, TRIP_DAYS * DAY_MS));
        return Dice.share(trip, 0) < AWAY ? Home.of(Dice.roll(trip, 1)) : home();
    }

    String locale() {
        return home().locale(Dice.roll(seed, 5));
    }

    /** A number for the household's address, which the provider changes every few days. */
    long addressNumber(long timeMs) {
        long daysBetweenChanges = 2 + Dice.pick(seed, 6, 30);
        return Dice.roll(seed, 1_000_000 + Math.floorDiv(timeMs, daysBetweenChanges * DAY_MS));
    }

    boolean usesIpv6() {
        return Dice.share(seed, 7) < 0.25;
    }

    /** 1 to 3, 1.7 on average, but for the few collectors. */
    int devices() {
        if (Dice.share(seed, 8) < COLLECTOR) {
            return COLLECTION;
        }
        double share = Dice.share(seed, 9);
        return share < ONE_DEVICE ? 1 : share < TWO_DEVICES ? 2 : 3;
    }

    /** One of this person's devices as it is at a time: each is replaced by a new one after a year or two. */
    Device device(int which, long timeMs) {
        long slot = Dice.roll(seed, 100 + which);
        long life = (300 + Dice.pick(slot, 0, 400)) * DAY_MS;
        return new Device(Dice.roll(slot, 1 + Math.floorDiv(timeMs + Dice.pick(slot, 1, 300) * DAY_MS, life)));
    }
}
