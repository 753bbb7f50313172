package io.gatehouse.app.metrics;

import io.gatehouse.engine.EngineStatus;
import java.util.function.Supplier;

/** The engine's status as figures, all of the same moment. */
public final class EngineMeters implements Meters {
    private final Supplier<EngineStatus> source;

    /** @param source asked with each page */
    public EngineMeters(Supplier<EngineStatus> source) {
        this.source = source;
    }

    @Override
    public void addTo(Figures page) {
        EngineStatus now = source.get();
        LoginMeters.add(now.tally(), page);
        UserMeters.add(now, page);
        WorkerMeters.add(now, page);
        WorkMeters.add(now, page);
        PartitionMeters.add(now, page);
        LedgerMeters.add(now, page);
        LagMeters.add(now.lag(), page);
    }
}
