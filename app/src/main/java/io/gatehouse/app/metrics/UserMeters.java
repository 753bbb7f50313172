package io.gatehouse.app.metrics;

import io.gatehouse.engine.EngineStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** Whom this process remembers, and how users find their partition. */
final class UserMeters {
    private static final List<String> CHOICES = List.of("keyed", "rekey");

    private UserMeters() {}

    static void add(EngineStatus now, Figures page) {
        page.gauge("gatehouse_users", "Users remembered by this process", now.users());
        page.gauge("gatehouse_users_max", "As many may be remembered: profile.max-users", now.maxUsers());
        page.counter("gatehouse_users_evicted_total", "Users forgotten because of profile.max-users", now.evicted());
        page.gauges(
                "gatehouse_partitioning",
                "1 for the group's partitioning; 0 for both until it is known",
                CHOICES,
                choice -> Labels.of("choice", choice),
                choice -> choice.equals(now.routing().choice()) ? 1 : 0);
    }
}
