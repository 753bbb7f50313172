package io.gatehouse.lab.compare;

import java.util.List;
import java.util.Locale;

/** Committed events a second as bars, with their ranges, as SVG. */
final class Bars {
    private static final int WIDTH = 900;
    private static final int LEFT = 260;
    private static final int RIGHT = 110;
    private static final int ROW = 34;
    private static final int TOP = 30;
    private static final int BAR = 18;
    private static final String OURS = "#1f77b4";
    private static final String OTHERS = "#aaaaaa";

    private final StringBuilder svg = new StringBuilder();

    private Bars() {}

    static String of(List<Standing> standings) {
        return new Bars().draw(standings);
    }

    private String draw(List<Standing> standings) {
        double most = standings.stream()
                .mapToDouble(standing -> standing.eventsPerSecond().most())
                .max()
                .orElse(1);
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='13'>",
                WIDTH, TOP + ROW * standings.size() + 10);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        add("<text x='%d' y='18'>committed events/s, median and range</text>", LEFT);
        int y = TOP;
        for (Standing standing : standings) {
            draw(standing, y, (WIDTH - LEFT - RIGHT) / most);
            y += ROW;
        }
        add("</svg>");
        return svg.toString();
    }

    private void draw(Standing standing, int y, double scale) {
        Standing.Spread spread = standing.eventsPerSecond();
        boolean isOurs = standing.contestant().name().startsWith("gatehouse");
        int middle = y + BAR / 2;
        add(
                "<text x='%d' y='%d' text-anchor='end'>%s</text>",
                LEFT - 8, middle + 5, standing.contestant().title());
        add(
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>",
                LEFT, y, spread.median() * scale, BAR, isOurs ? OURS : OTHERS);
        add(
                "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='black'/>",
                LEFT + spread.least() * scale, LEFT + spread.most() * scale, middle, middle);
        add("<text x='%.1f' y='%d'>%,.0f</text>", LEFT + spread.most() * scale + 6, middle + 5, spread.median());
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
