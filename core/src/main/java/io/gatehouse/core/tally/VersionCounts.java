package io.gatehouse.core.tally;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Logins by app version as the events spell it: the first {@link #MAX_VERSIONS} distinct ones by name, all others
 * together, so that no producer can make it grow. One thread counts, any may take a {@link #snapshot}.
 */
final class VersionCounts {
    static final int MAX_VERSIONS = 256;
    static final String OTHER = "other";

    /** Four times the versions, so that a search ends soon; a slot holds a version's number plus one, or 0. */
    private static final int SLOTS = 4 * MAX_VERSIONS;

    private final int[] slots = new int[SLOTS];
    private final byte[][] spelled = new byte[MAX_VERSIONS][];
    /** The last counter is that of all others. */
    private final AtomicLongArray counts = new AtomicLongArray(MAX_VERSIONS + 1);
    /** Versions below this number are complete for readers. */
    private final AtomicInteger published = new AtomicInteger();

    void count(Text version) {
        Tally.increment(counts, numberOf(version));
    }

    private int numberOf(Text version) {
        for (int slot = hash(version) & SLOTS - 1; ; slot = slot + 1 & SLOTS - 1) {
            int number = slots[slot] - 1;
            if (number < 0) {
                return add(slot, version);
            }
            byte[] known = spelled[number];
            if (Arrays.equals(known, 0, known.length, version.bytes(), version.from(), version.to())) {
                return number;
            }
        }
    }

    private int add(int slot, Text version) {
        int number = published.getPlain();
        if (number == MAX_VERSIONS) {
            return MAX_VERSIONS;
        }
        spelled[number] = Arrays.copyOfRange(version.bytes(), version.from(), version.to());
        slots[slot] = number + 1;
        published.setRelease(number + 1);
        return number;
    }

    private static int hash(Text version) {
        int hash = 0;
        for (int i = version.from(); i < version.to(); i++) {
            hash = 31 * hash + version.bytes()[i];
        }
        return hash ^ hash >>> 16;
    }

    List<TallySnapshot.Count> snapshot() {
        List<TallySnapshot.Count> snapshot = new ArrayList<>();
        int versions = published.getAcquire();
        for (int number = 0; number < versions; number++) {
            snapshot.add(new TallySnapshot.Count(new String(spelled[number], UTF_8), counts.getOpaque(number)));
        }
        long others = counts.getOpaque(MAX_VERSIONS);
        if (others > 0) {
            snapshot.add(new TallySnapshot.Count(OTHER, others));
        }
        // An event may spell its version "other".
        return Ranking.merge(List.of(snapshot));
    }
}
