package io.gatehouse.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.GeoStatus;
import io.gatehouse.app.GeoStatuses;
import io.gatehouse.app.Statuses;
import io.gatehouse.core.login.Reason;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-05T00:01:00Z"), ZoneOffset.UTC);

    private EngineStatus status = Statuses.counting(1000, Map.of("invalid_ip", 3L));

    @Test
    void theEnginesFiguresAreOnThePage() {
        try (Metrics metrics = metrics()) {
            assertThat(metrics.page(null).text())
                    .contains("gatehouse_processed_total 1000.0\n")
                    .contains("gatehouse_dead_letters_total{reason=\"invalid_ip\"} 3.0\n")
                    .contains("gatehouse_users 42.0\n")
                    .contains("gatehouse_sessions_active 7.0\n")
                    .contains("gatehouse_commits_total 10.0\n")
                    .contains("gatehouse_aborts_total 1.0\n")
                    .contains("gatehouse_rebalances_total 2.0\n")
                    .contains("gatehouse_sessions_closed_total 4.0\n")
                    .contains("gatehouse_users_max 1000.0\n")
                    .contains("gatehouse_sweep_rounds_total 6.0\n")
                    .contains("gatehouse_in_total{partition=\"3\"} 1003.0\n")
                    .contains("gatehouse_out_processed_total{partition=\"3\"} 1000.0\n")
                    .contains("gatehouse_out_dead_letters_total{partition=\"3\"} 3.0\n")
                    .contains("gatehouse_ledger_difference{partition=\"3\"} 0.0\n")
                    .contains("gatehouse_workers{state=\"running\"} 1.0\n")
                    .contains("gatehouse_lag_records{partition=\"3\"} 17.0\n")
                    .contains("gatehouse_restore_remaining_records{partition=\"3\"} 0.0\n")
                    .contains("gatehouse_journal_bytes{partition=\"3\"} 4096.0\n")
                    .contains("gatehouse_geo_table_age_seconds 60.0\n")
                    .contains("gatehouse_geo_places 7.0\n")
                    .contains("gatehouse_geo_degraded 0.0\n")
                    .contains("gatehouse_geo_swaps_total 2.0\n")
                    .contains("gatehouse_geo_swap_failures_total 1.0\n")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void everyReasonIsThereFromTheStart() {
        try (Metrics metrics = metrics()) {
            String page = metrics.page(null).text();
            assertThat(Arrays.stream(Reason.values()).map(Reason::label)).allSatisfy(label -> assertThat(page)
                    .contains("gatehouse_dead_letters_total{reason=\"" + label + "\"}"));
        }
    }

    @Test
    void aPartitionThatIsGivenAwayLeavesThePage() {
        try (Metrics metrics = metrics()) {
            assertThat(metrics.page(null).text()).contains("gatehouse_lag_records{partition=\"3\"}");
            status = Statuses.of(
                    List.of(Statuses.worker(WorkerState.RUNNING, null)), List.of(Statuses.partition(4, null, 0)));
            assertThat(metrics.page(null).text())
                    .doesNotContain("gatehouse_lag_records{partition=\"3\"}")
                    .contains("gatehouse_lag_records{partition=\"4\"}");
        }
    }

    @Test
    void durationsAreCumulativeBucketsWithSumAndCount() {
        try (Metrics metrics = metrics()) {
            assertThat(metrics.page(null).text())
                    .contains("# TYPE gatehouse_event_age_seconds histogram\n")
                    .contains("gatehouse_event_age_seconds_bucket{le=\"0.25\"} 999\n")
                    .contains("gatehouse_event_age_seconds_bucket{le=\"+Inf\"} 1003\n")
                    .contains("gatehouse_event_age_seconds_count 1003\n")
                    .contains("gatehouse_event_age_seconds_sum 120.0\n");
        }
    }

    @Test
    void whatStandsStillInEitherStageIsHeldBack() {
        status = Statuses.rekeyed(
                List.of(Statuses.partition(0, "an offset was moved", 0), Statuses.partition(1, null, 0)));
        try (Metrics metrics = metrics()) {
            assertThat(metrics.page(null).text())
                    .contains("gatehouse_held_back{partition=\"0\"} 1.0\n")
                    .contains("gatehouse_held_back{partition=\"1\"} 0.0\n")
                    .contains("gatehouse_routers{state=\"running\"} 1.0\n")
                    .contains("gatehouse_routing_lag_records{partition=\"0\"} 17.0\n")
                    .contains("gatehouse_routing_ledger_difference{partition=\"0\"} 0.0\n");
        }
    }

    @Test
    void withoutATableItHasNoAge() {
        GeoStatus none = new GeoStatus(Instant.EPOCH, 0, 0, 0, null);
        try (Metrics metrics = new Metrics(List.of(new GeoMeters(() -> none, CLOCK)))) {
            assertThat(metrics.page(null).text()).contains("gatehouse_geo_table_age_seconds NaN\n");
        }
    }

    @Test
    void whoAsksForOpenMetricsGetsIt() {
        try (Metrics metrics = metrics()) {
            Exposition page = metrics.page("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");

            assertThat(page.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(page.text())
                    .contains("# TYPE gatehouse_processed counter\n")
                    .endsWith("# EOF\n");
        }
    }

    private Metrics metrics() {
        return new Metrics(
                List.of(new EngineMeters(() -> status), new GeoMeters(GeoStatuses::some, CLOCK), new BuildMeters()));
    }
}
