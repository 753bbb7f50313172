package io.gatehouse.lab.compare;

import java.util.List;
import java.util.Locale;

/** Figures as bars, with their ranges, as SVG. */
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

    /**
     * One of the bars.
     *
     * @param title without markup
     * @param isOurs Gatehouse's, and not another's
     * @param least where the line of the range begins
     * @param value where the bar ends
     * @param most where the line ends
     */
    record Bar(String title, boolean isOurs, double least, double value, double most) {}

    private Bars() {}

    /**
     * Draws them one below the other.
     *
     * @param caption what the bars mean, without markup
     * @param digits of values behind the point
     */
    static String of(String caption, int digits, List<Bar> bars) {
        return new Bars().draw(caption, "%,." + digits + "f", bars);
    }

    private String draw(String caption, String valueFormat, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::most).max().orElse(1);
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='13'>",
                WIDTH, TOP + ROW * bars.size() + 10);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        add("<text x='%d' y='18'>%s</text>", LEFT, caption);
        int y = TOP;
        for (Bar bar : bars) {
            draw(bar, y, (WIDTH - LEFT - RIGHT) / most, valueFormat);
            y += ROW;
        }
        add("</svg>");
        return svg.toString();
    }

    private void draw(Bar bar, int y, double scale, String valueFormat) {
        int middle = y + BAR / 2;
        add("<text x='%d' y='%d' text-anchor='end'>%s</text>", LEFT - 8, middle + 5, bar.title());
        add(
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>",
                LEFT, y, bar.value() * scale, BAR, bar.isOurs() ? OURS : OTHERS);
        add(
                "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='black'/>",
                LEFT + bar.least() * scale, LEFT + bar.most() * scale, middle, middle);
        add("<text x='%.1f' y='%d'>" + valueFormat + "</text>", LEFT + bar.most() * scale + 6, middle + 5, bar.value());
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
