package io.gatehouse.engine.replay;

import io.gatehouse.core.login.Platform;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Letters counted by cause, and by the app that sent them. */
public final class LetterStatistics {
    /** Different versions are no more than this, however many an event's author invents; the rest is counted together. */
    private static final int MOST_GROUPS = 1_000;

    /** Stands for the versions that are not told apart. */
    public static final String OTHER_VERSIONS = "other versions";

    private final Map<Key, Group> groups = new HashMap<>();
    private long letters;

    private record Key(Cause cause, Platform platform, String version) {}

    /**
     * Letters of one cause and one app.
     *
     * @param version null where nothing tells it
     * @param firstMs when the first was refused, epoch milliseconds
     * @param lastMs when the last was refused
     */
    public record Group(Cause cause, Platform platform, String version, long letters, long firstMs, long lastMs) {
        private static Group merged(Group one, Group other) {
            return new Group(
                    one.cause,
                    one.platform,
                    one.version,
                    one.letters + other.letters,
                    Math.min(one.firstMs, other.firstMs),
                    Math.max(one.lastMs, other.lastMs));
        }

        /** Whether the version names one app. */
        public boolean isOfOneVersion() {
            return version != null && !version.equals(OTHER_VERSIONS);
        }
    }

    public void add(Letter letter) {
        letters++;
        Key key = new Key(
                letter.cause(), letter.glimpse().platform(), letter.glimpse().appVersion());
        if (!groups.containsKey(key) && groups.size() >= MOST_GROUPS) {
            key = new Key(key.cause, Platform.UNKNOWN, OTHER_VERSIONS);
        }
        long failedAtMs = letter.dead().failedAtMs();
        Group one = new Group(key.cause, key.platform, key.version, 1, failedAtMs, failedAtMs);
        groups.merge(key, one, Group::merged);
    }

    /** All letters. */
    public long letters() {
        return letters;
    }

    /** The largest first. */
    public List<Group> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::letters)
                        .reversed()
                        .thenComparing(group -> group.cause().toString())
                        .thenComparing(Group::platform)
                        .thenComparing(group -> String.valueOf(group.version())))
                .toList();
    }
}
