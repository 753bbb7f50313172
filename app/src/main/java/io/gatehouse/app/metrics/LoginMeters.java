package io.gatehouse.app.metrics;

import io.gatehouse.core.login.Reason;
import io.gatehouse.core.tally.TallySnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** What was judged, and what came of it. */
final class LoginMeters {
    private LoginMeters() {}

    static void add(TallySnapshot tally, Figures page) {
        page.counter("gatehouse_processed_total", "Events judged and accepted", tally.accepted());
        page.counters(
                "gatehouse_dead_letters_total",
                "Events refused, by reason",
                List.of(Reason.values()),
                reason -> Labels.of("reason", reason.label()),
                reason -> tally.refused().getOrDefault(reason.label(), 0L));
        page.counter("gatehouse_users_new_total", "Logins that were their user's first", tally.newUsers());
        page.counter("gatehouse_sessions_started_total", "Logins that began a session", tally.sessionsStarted());
        page.counter(
                "gatehouse_sessions_closed_total", "Sessions published for the first time", tally.sessionsClosed());
        page.counter("gatehouse_late_total", "Logins before their user's latest", tally.late());
        page.counter("gatehouse_duplicates_total", "Logins seen before", tally.duplicates());
        page.gauge("gatehouse_sessions_active", "Users in a session", tally.activeSessions());
    }
}
