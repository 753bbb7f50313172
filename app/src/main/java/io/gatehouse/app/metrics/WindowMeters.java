package io.gatehouse.app.metrics;

import io.gatehouse.app.view.Count;
import io.gatehouse.app.view.Heading;
import io.gatehouse.app.view.WindowOfLogins;
import io.gatehouse.core.geo.IpCategory;
import io.gatehouse.core.login.Platform;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the logins of the last complete window spread. Values are of closed sets, or versions as numbers under the rules of
 * {@link KnownVersions}; whatever else there is counts as other. So no producer can make the series grow.
 */
public final class WindowMeters implements Meters {
    private static final int MOST_VALUES = 20;
    private static final String OTHER = "other";
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Set<String> PLATFORMS =
            Arrays.stream(Platform.values()).map(Platform::label).collect(Collectors.toSet());
    private static final Set<String> IP_CATEGORIES =
            Arrays.stream(IpCategory.values()).map(IpCategory::label).collect(Collectors.toSet());

    private final Supplier<Optional<WindowOfLogins>> source;
    private final KnownVersions versions = new KnownVersions();

    private record Row(Heading heading, String value, long logins) {}

    /** @param source the last complete window, if there is any; asked with each page */
    public WindowMeters(Supplier<Optional<WindowOfLogins>> source) {
        this.source = source;
    }

    @Override
    public void addTo(Figures page) {
        source.get().ifPresent(window -> add(window, page));
    }

    private void add(WindowOfLogins window, Figures page) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows(
                window, Heading.COUNTRY, value -> only(COUNTRY.matcher(value).matches(), value)));
        rows.addAll(rows(window, Heading.PLATFORM, value -> only(PLATFORMS.contains(value), value)));
        rows.addAll(rows(window, Heading.IP_CATEGORY, value -> only(IP_CATEGORIES.contains(value), value)));
        rows.addAll(rows(window, Heading.VERSION, versions.of(window)));
        page.gauges(
                "gatehouse_window_logins",
                "Logins of the last complete window of all instances, by their most frequent values",
                rows,
                row -> Labels.of("dimension", row.heading().label(), "value", row.value()),
                Row::logins);
        page.gauge(
                "gatehouse_window_distinct_users",
                "Users of the last complete window of all instances, an estimate",
                window.distinctUsers());
    }

    private static String only(boolean isKnown, String value) {
        return isKnown ? value : OTHER;
    }

    /** The most frequent values, and all others together where there are any. */
    private static List<Row> rows(WindowOfLogins window, Heading heading, Function<String, String> label) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Count count : window.ranked(heading)) {
            String value = label.apply(count.value());
            boolean hasPlace = counts.containsKey(value) || counts.size() < MOST_VALUES;
            counts.merge(hasPlace ? value : OTHER, count.count(), Long::sum);
        }
        return counts.entrySet().stream()
                .map(count -> new Row(heading, count.getKey(), count.getValue()))
                .toList();
    }
}
