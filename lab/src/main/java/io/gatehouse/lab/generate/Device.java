package io.gatehouse.lab.generate;

/** What a user logs in with; everything about it follows from its seed. */
final class Device {
    private static final long DAY_MS = 86_400_000L;
    private static final long FIRST_RELEASE_MS = 1_672_531_200_000L;
    private static final long RELEASE_EVERY_MS = 14 * DAY_MS;
    private static final int MINORS_PER_MAJOR = 26;
    private static final String[] RARE_TYPES = {"windows", "macOS", "linux", "tvOS", "ANDROID", "Web", ""};

    private final long seed;

    Device(long seed) {
        this.seed = seed;
    }

    String id() {
        return Dice.share(seed, 0) < 0.05
                ? Names.numbered(Dice.roll(seed, 1))
                : Names.uuid(Dice.roll(seed, 1), Dice.roll(seed, 2));
    }

    String type() {
        double share = Dice.share(seed, 3);
        if (share < 0.46) {
            return "iOS";
        }
        if (share < 0.88) {
            return "android";
        }
        return share < 0.95 ? "web" : RARE_TYPES[Dice.pick(seed, 4, RARE_TYPES.length)];
    }

    /**
     * The app's version at a time. There is a release each fortnight, and a device takes it up within two months, most
     * much sooner.
     *
     * @param behind how many releases to go back: a rollback
     */
    String appVersion(long timeMs, int behind) {
        double patience = Dice.share(seed, 5);
        long delayMs = (long) (60 * DAY_MS * patience * patience * patience);
        long release = Math.max(0, Math.floorDiv(timeMs - delayMs - FIRST_RELEASE_MS, RELEASE_EVERY_MS) - behind);
        String numbers =
                (2 + release / MINORS_PER_MAJOR) + "." + release % MINORS_PER_MAJOR + "." + Dice.pick(release, 0, 3);
        int style = Dice.pick(seed, 6, 100);
        return switch (style) {
            case 0 -> "v" + numbers;
            case 1 -> numbers + "-beta.1";
            case 2 -> numbers + " (build 7)";
            case 3 -> "nightly";
            default -> numbers;
        };
    }
}
