package io.gatehouse.app.metrics;

import io.gatehouse.app.GeoStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The table of places in service, and what became of others. */
public final class GeoMeters implements Meters {
    private final Supplier<GeoStatus> source;
    private final Clock clock;

    /**
     * @param source asked with each page
     * @param clock tells the table's age
     */
    public GeoMeters(Supplier<GeoStatus> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void addTo(Figures page) {
        GeoStatus now = source.get();
        page.gauge(
                "gatehouse_geo_table_age_seconds",
                "Since the source of the table of places in service was built; NaN without a table",
                now.builtAt().equals(Instant.EPOCH)
                        ? Double.NaN
                        : Duration.between(now.builtAt(), clock.instant()).toSeconds());
        page.gauge("gatehouse_geo_places", "Places in the table in service", now.places());
        page.gauge(
                "gatehouse_geo_degraded",
                "1 where what is at geo.database cannot be used, and an older table stays in service",
                now.trouble() == null ? 0 : 1);
        page.counter("gatehouse_geo_swaps_total", "Tables of places put into service since the start", now.swaps());
        page.counter(
                "gatehouse_geo_swap_failures_total", "Files at geo.database that could not be used", now.failures());
    }
}
