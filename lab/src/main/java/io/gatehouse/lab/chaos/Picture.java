package io.gatehouse.lab.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Throughput and lag over time with the faults marked, as SVG. */
final class Picture {
    private static final int WIDTH = 1200;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int PANEL = 170;
    private static final int TOP = 40;
    private static final int BETWEEN = 50;
    private static final int HEIGHT = TOP + 2 * PANEL + BETWEEN + 50;
    /** Rates are means over so long: offsets move in steps of a commit. */
    private static final long MEAN_OVER_MS = 2_000;

    private static final String CAME = "#888888";
    private static final String DONE = "#1f77b4";
    private static final String WAITS = "#d62728";
    private static final String FAULT = "#f2c14e";

    /** A rate, in the middle of the time that it is a mean of. */
    private record Rate(double ms, double in, double done) {}

    private final StringBuilder svg = new StringBuilder();
    private final List<Watch.Point> points;
    private final double lastMs;

    private Picture(List<Watch.Point> points) {
        this.points = points;
        this.lastMs = points.isEmpty() ? 1 : points.get(points.size() - 1).ms();
    }

    static String of(List<Watch.Point> points, List<Happening> happenings) {
        return new Picture(points).draw(happenings);
    }

    private String draw(List<Happening> happenings) {
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>",
                WIDTH, HEIGHT);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        happenings.forEach(this::mark);
        List<Rate> rates = rates();
        double mostRate = rates.stream()
                .mapToDouble(rate -> Math.max(rate.in, rate.done))
                .max()
                .orElse(1);
        panel(TOP, "events/s: came (grey), committed (blue)", mostRate);
        line(rates, TOP, mostRate, CAME, Rate::ms, Rate::in);
        line(rates, TOP, mostRate, DONE, Rate::ms, Rate::done);
        int below = TOP + PANEL + BETWEEN;
        double mostLag = points.stream().mapToDouble(Watch.Point::lag).max().orElse(1);
        panel(below, "lag, events", mostLag);
        line(points, below, mostLag, WAITS, Watch.Point::ms, Watch.Point::lag);
        minutes(below + PANEL);
        add("</svg>");
        return svg.toString();
    }

    /** Faults are bands, with their names in a tooltip: there are too many to write them side by side. */
    private void mark(Happening happening) {
        double from = x(happening.beganMs());
        add(
                "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='%s' fill-opacity='%s'><title>%s</title></rect>",
                from,
                TOP,
                Math.max(1, x(happening.endedMs()) - from),
                2 * PANEL + BETWEEN,
                happening.isFailed() ? WAITS : FAULT,
                happening.isFailed() ? "0.6" : "0.3",
                happening.kind());
    }

    private List<Rate> rates() {
        List<Rate> rates = new ArrayList<>();
        int from = 0;
        for (int to = 1; to < points.size(); to++) {
            Watch.Point first = points.get(from);
            Watch.Point last = points.get(to);
            double ms = last.ms() - first.ms();
            if (ms >= MEAN_OVER_MS) {
                rates.add(new Rate(
                        first.ms() + ms / 2,
                        (last.in() - first.in()) * 1000 / ms,
                        Math.max(0, last.done() - first.done()) * 1000 / ms));
                from = to;
            }
        }
        return rates;
    }

    private void panel(int top, String title, double most) {
        add("<text x='%d' y='%d'>%s</text>", LEFT, top - 8, title);
        for (int part = 0; part <= 2; part++) {
            double y = top + PANEL - PANEL * part / 2.0;
            add("<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#dddddd'/>", LEFT, WIDTH - RIGHT, y, y);
            add("<text x='%d' y='%.1f' text-anchor='end'>%,.0f</text>", LEFT - 6, y + 4, most * part / 2);
        }
    }

    private <T> void line(
            List<T> items, int top, double most, String colour, ToDoubleFunction<T> ms, ToDoubleFunction<T> value) {
        StringBuilder path = new StringBuilder();
        items.forEach(item -> path.append(String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                x(ms.applyAsDouble(item)),
                top + PANEL - PANEL * value.applyAsDouble(item) / Math.max(1, most))));
        add("<polyline fill='none' stroke='%s' points='%s'/>", colour, path);
    }

    private void minutes(int y) {
        double minutes = lastMs / 60_000;
        double step = minutes > 20 ? 10 : 1;
        for (double minute = 0; minute <= minutes; minute += step) {
            add("<text x='%.1f' y='%d' text-anchor='middle'>%.0f</text>", x(minute * 60_000), y + 18, minute);
        }
        add("<text x='%d' y='%d' text-anchor='middle'>minutes</text>", WIDTH / 2, y + 36);
    }

    private double x(double ms) {
        return LEFT + (WIDTH - LEFT - RIGHT) * ms / lastMs;
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
