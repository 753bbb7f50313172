package io.gatehouse.app.metrics;

import io.gatehouse.app.GeoStatus;
import java.util.function.Supplier;

/** The table of places in service, and what became of others. */
public final class GeoMeters implements Meters {
    private final Supplier<GeoStatus> source;

    /** @param source asked with each page */
    public GeoMeters(Supplier<GeoStatus> source) {
        this.source = source;
    }

    @Override
    public void addTo(Figures page) {
        GeoStatus now = source.get();
        page.gauge(
                "gatehouse_geo_built_seconds",
                "When the source of the table of places in service was built, epoch seconds; 0 for no table",
                now.builtAt().getEpochSecond());
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
