package io.gatehouse.core.tally;

import io.gatehouse.core.geo.GeoTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Logins by country: counted by the numbers of one table, and by name what was counted while other tables were in
 * service. One thread counts, any may take a {@link #snapshot}.
 */
final class CountryCounts {
    private final GeoTable table;
    private final AtomicLongArray counts;
    private final List<TallySnapshot.Count> former;

    /** @param former what was counted before, by country code */
    CountryCounts(GeoTable table, List<TallySnapshot.Count> former) {
        this.table = table;
        this.counts = new AtomicLongArray(table.countries());
        this.former = former;
    }

    /** @param place of the table */
    void count(int place) {
        Tally.increment(counts, table.countryOf(place));
    }

    /** Places whose country the source does not name count for none. */
    List<TallySnapshot.Count> snapshot() {
        List<TallySnapshot.Count> present = new ArrayList<>();
        for (int country = 0; country < counts.length(); country++) {
            long count = counts.getOpaque(country);
            if (count > 0 && table.countryCode(country) != null) {
                present.add(new TallySnapshot.Count(table.countryCode(country), count));
            }
        }
        return Ranking.merge(List.of(former, present));
    }
}
