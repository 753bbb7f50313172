package io.gatehouse.app.metrics;

import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.Work;
import java.util.OptionalLong;

/** How long the work takes, and when there was some. */
final class WorkMeters {
    private static final double NS_PER_SECOND = 1e9;

    private WorkMeters() {}

    static void add(EngineStatus now, Figures page) {
        Work judging = now.work();
        Work all = judging.plus(now.routing().work());
        page.histogram(
                "gatehouse_event_age_seconds",
                "From an event's record timestamp to the commit of what came of it",
                judging.eventAges());
        page.histogram("gatehouse_commit_seconds", "Time of a commit", all.commits());
        page.histogram("gatehouse_batch_seconds", "Time of judging and sending up to 256 events", judging.batches());
        page.counter("gatehouse_sweep_rounds_total", "Rounds of the journals' sweep ended", judging.sweepRounds());
        page.gauge(
                "gatehouse_since_last_event_seconds",
                "Since this instance last took a record; NaN before the first",
                since(all.lastRecordNs()));
    }

    private static double since(OptionalLong lastNs) {
        return lastNs.isEmpty() ? Double.NaN : (System.nanoTime() - lastNs.getAsLong()) / NS_PER_SECOND;
    }
}
