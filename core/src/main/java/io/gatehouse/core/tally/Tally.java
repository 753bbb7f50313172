package io.gatehouse.core.tally;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Platform;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.login.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what one partition's judge finds. One thread counts, any may take a {@link #snapshot}: no locks, and each number
 * whole, though the numbers of one snapshot may be a few logins apart.
 */
public final class Tally {
    private static final int HOURS = 24;
    private static final long HOUR_MS = 3_600_000;

    /** The counters that stand alone. */
    private enum Total {
        ACCEPTED,
        NEW_USERS,
        SESSIONS_STARTED,
        LATE,
        DUPLICATES
    }

    private final AtomicLongArray totals = new AtomicLongArray(Total.values().length);
    private final AtomicLongArray refused = new AtomicLongArray(Reason.values().length);
    private final AtomicLongArray platforms = new AtomicLongArray(Platform.values().length);
    private final AtomicLongArray hours = new AtomicLongArray(HOURS);
    private volatile CountryCounts countries;
    private final VersionCounts versions = new VersionCounts();

    /** @param geo where the verdicts' places come from */
    public Tally(GeoTable geo) {
        this.countries = new CountryCounts(geo, List.of());
    }

    /** From here on, the verdicts' places come from this table. What was counted stays, by the countries' codes. */
    public void takeTable(GeoTable table) {
        countries = new CountryCounts(table, countries.snapshot());
    }

    /** Counts a refused event. */
    public void refuse(Reason reason) {
        increment(refused, reason.ordinal());
    }

    /** Counts a login that was judged. */
    public void accept(Login login, Verdict verdict) {
        increment(totals, Total.ACCEPTED.ordinal());
        increment(platforms, verdict.platform().ordinal());
        increment(hours, (int) (login.eventTimeMs() / HOUR_MS % HOURS));
        if (verdict.place() != GeoTable.NOWHERE) {
            countries.count(verdict.place());
        }
        if (login.appVersion().isPresent()) {
            versions.count(login.appVersion());
        }
        countIf(verdict.isNewUser(), Total.NEW_USERS);
        countIf(verdict.sessionIsNew(), Total.SESSIONS_STARTED);
        countIf(verdict.isLate(), Total.LATE);
        countIf(verdict.isDuplicate(), Total.DUPLICATES);
    }

    /** All counts so far. */
    public TallySnapshot snapshot(long activeSessions) {
        return new TallySnapshot(
                total(Total.ACCEPTED),
                refusedByReason(),
                total(Total.NEW_USERS),
                total(Total.SESSIONS_STARTED),
                activeSessions,
                total(Total.LATE),
                total(Total.DUPLICATES),
                countries.snapshot(),
                byPlatform(),
                versions.snapshot(),
                byHour());
    }

    private void countIf(boolean holds, Total total) {
        if (holds) {
            increment(totals, total.ordinal());
        }
    }

    private long total(Total total) {
        return totals.getOpaque(total.ordinal());
    }

    private Map<String, Long> refusedByReason() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            long count = refused.getOpaque(reason.ordinal());
            if (count > 0) {
                counts.put(reason.label(), count);
            }
        }
        return counts;
    }

    private List<TallySnapshot.Count> byPlatform() {
        List<TallySnapshot.Count> counts = new ArrayList<>();
        for (Platform platform : Platform.values()) {
            add(counts, platform.label(), platforms.getOpaque(platform.ordinal()));
        }
        return Ranking.of(counts);
    }

    private List<Long> byHour() {
        List<Long> counts = new ArrayList<>(HOURS);
        for (int hour = 0; hour < HOURS; hour++) {
            counts.add(hours.getOpaque(hour));
        }
        return List.copyOf(counts);
    }

    private static void add(List<TallySnapshot.Count> counts, String value, long count) {
        if (count > 0) {
            counts.add(new TallySnapshot.Count(value, count));
        }
    }

    /** Cheaper than an atomic increment, and enough with one writer. */
    static void increment(AtomicLongArray counts, int index) {
        counts.setOpaque(index, counts.getPlain(index) + 1);
    }
}
