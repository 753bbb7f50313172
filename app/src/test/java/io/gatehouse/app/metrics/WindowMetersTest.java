package io.gatehouse.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.GeoStatuses;
import io.gatehouse.app.Statuses;
import io.gatehouse.app.view.Published;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.engine.EngineStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowMetersTest {
    private static final Duration PUBLISHING = Duration.ofSeconds(10);

    private long nowMs = Published.START_MS;
    private final StatisticsView view = new StatisticsView(Published.MINUTE_MS, () -> nowMs);
    private final Published published = new Published(view, Published.START_MS);
    private final WindowMeters windows = new WindowMeters(() -> view.lastComplete(PUBLISHING));

    @Test
    void theNewestWindowThatIsOverAndPublishedIsTold() {
        published.logins(0, 0, 5).logins(0, 1, 2).logins(1, 0, 1);
        view.allTaken();

        after(0, 9);
        assertThat(page()).doesNotContain("gatehouse_window_logins");
        after(0, 10);
        assertThat(page())
                .contains("gatehouse_window_logins{dimension=\"country\",value=\"US\"} 7.0\n")
                .contains("gatehouse_window_distinct_users 0.0\n");
        after(1, 10);
        assertThat(page()).contains("gatehouse_window_logins{dimension=\"country\",value=\"US\"} 1.0\n");
    }

    @Test
    void versionsAreNumbersAndRareOnesAreOther() {
        by(0, 1000, "\"version\":{\"2.3.0\":900,\"v2.3\":85,\"2.4\":10,\"1.0.0\":3,\"latest\":2}");

        assertThat(series())
                .containsExactlyInAnyOrder(
                        row("version", "2.3.0", 985), row("version", "2.4.0", 10), row("version", "other", 5));
    }

    @Test
    void atMostAHundredVersionsAreEverNamed() {
        Set<String> seen = new HashSet<>();
        for (int window = 0; window < 40; window++) {
            int major = window;
            by(window, 100, "\"version\":{" + many(10, i -> "\"" + major + "." + i + "\":10") + "}");
            seen.addAll(values("version"));
        }
        assertThat(seen)
                .hasSize(KnownVersions.MOST + 1)
                .contains("0.0.0", "9.9.0", "other")
                .doesNotContain("10.0.0");

        by(41, 100, "\"version\":{\"9.9.0\":100}");
        assertThat(series()).containsExactly(row("version", "9.9.0", 100));
    }

    @Test
    void nothingThatEventsSayMakesSeriesGrow() {
        Set<String> seen = new HashSet<>();
        for (int window = 0; window < 50; window++) {
            int now = window;
            by(
                    window,
                    1000,
                    "\"version\":{" + many(256, i -> "\"" + now + "." + i + "\\n\\u001b{evil=\\\"1\\\"}\":4") + "},"
                            + "\"country\":{" + many(200, i -> "\"x" + now + "/" + i + "\":5") + "},"
                            + "\"locale\":{" + many(256, i -> "\"l" + now + "-" + i + "\":4") + "},"
                            + "\"region\":{" + many(256, i -> "\"US/r" + now + "-" + i + "\":4") + "},"
                            + "\"platform\":{" + many(100, i -> "\"p" + now + "-" + i + "\":10") + "},"
                            + "\"ip_category\":{" + many(100, i -> "\"c" + now + "-" + i + "\":10") + "}");
            seen.addAll(series());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        row("version", "other", 1024),
                        row("country", "other", 1000),
                        row("platform", "other", 1000),
                        row("ip_category", "other", 1000));
    }

    @Test
    void aDimensionHasItsTwentyMostFrequentValuesAndTheRest() {
        by(0, 300, "\"country\":{" + many(24, i -> "\"A" + (char) ('A' + i) + "\":" + (24 - i)) + "}");

        assertThat(series()).hasSize(21).contains(row("country", "AA", 24), row("country", "other", 4 + 3 + 2 + 1));
    }

    @Test
    void aWholePageKeepsToItsBound() {
        String versions = many(50, i -> "\"" + i + ".0\":20");
        String countries = many(26, i -> "\"A" + (char) ('A' + i) + "\":30");
        String platforms = many(
                8,
                i -> "\""
                        + List.of("ios", "android", "web", "windows", "macos", "linux", "other", "unknown")
                                .get(i) + "\":9");
        by(0, 1000, "\"version\":{" + versions + "},\"country\":{" + countries + "},\"platform\":{" + platforms + "}");

        long none = seriesOfAPage(0);
        assertThat(none).isBetween(150L, 400L);
        assertThat((seriesOfAPage(64) - none) / 64).isBetween(10L, 25L);
    }

    private long seriesOfAPage(int partitions) {
        EngineStatus status = Statuses.rekeyed(IntStream.range(0, partitions)
                .mapToObj(i -> Statuses.partition(i, null, 0))
                .toList());
        List<Meters> all = List.of(
                new EngineMeters(() -> status),
                new GeoMeters(GeoStatuses::some, Clock.systemUTC()),
                windows,
                new BuildMeters());
        try (Metrics metrics = new Metrics(all)) {
            return metrics.page(null)
                    .text()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .count();
        }
    }

    private void by(int window, long logins, String by) {
        published.logins(window, 0, logins, by, "", "");
        view.allTaken();
        after(window, 10);
    }

    private void after(int window, int seconds) {
        nowMs = Published.START_MS + (window + 1) * Published.MINUTE_MS + seconds * 1_000L;
    }

    private static String many(int count, IntFunction<String> member) {
        return IntStream.range(0, count).mapToObj(member).collect(Collectors.joining(","));
    }

    private static String row(String dimension, String value, long logins) {
        return "gatehouse_window_logins{dimension=\"" + dimension + "\",value=\"" + value + "\"} " + logins + ".0";
    }

    private List<String> series() {
        return page().lines()
                .filter(line -> line.startsWith("gatehouse_window_logins{"))
                .toList();
    }

    private List<String> values(String dimension) {
        Pattern value = Pattern.compile("dimension=\"" + dimension + "\",value=\"([^\"]*)\"");
        return series().stream()
                .map(value::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    private String page() {
        try (Metrics metrics = new Metrics(List.of(windows))) {
            return metrics.page(null).text();
        }
    }
}
