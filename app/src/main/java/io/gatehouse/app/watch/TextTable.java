package io.gatehouse.app.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rows and columns of text. Where they are wider than the screen, the columns that matter least are left out. */
final class TextTable {
    private static final String GAP = "  ";

    /**
     * @param isRight whether its cells end in one line, as figures do
     * @param weight columns of a small one are left out first
     */
    record Column(String title, boolean isRight, int weight) {}

    /** @param paint of the cell, its padding excepted */
    record Cell(String text, UnaryOperator<String> paint) {
        static Cell plain(String text) {
            return new Cell(text, UnaryOperator.identity());
        }
    }

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    TextTable(List<Column> columns, UnaryOperator<String> titles) {
        this.columns = columns;
        rows.add(
                columns.stream().map(column -> new Cell(column.title(), titles)).toList());
    }

    void add(List<Cell> row) {
        rows.add(row);
    }

    /** The titles and the rows, in at most so many columns of the screen, as long as one column fits. */
    List<String> lines(int width) {
        List<Integer> shown =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        while (shown.size() > 1 && widthOf(shown) > width) {
            shown.remove(shown.stream()
                    .min(Comparator.comparingInt(i -> columns.get(i).weight()))
                    .orElseThrow());
        }
        return rows.stream().map(row -> line(row, shown)).toList();
    }

    private int widthOf(List<Integer> shown) {
        return shown.stream().mapToInt(this::widthOf).sum() + GAP.length() * (shown.size() - 1);
    }

    private int widthOf(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).text().length())
                .max()
                .orElse(0);
    }

    private String line(List<Cell> row, List<Integer> shown) {
        StringBuilder line = new StringBuilder();
        for (int column : shown) {
            Cell cell = row.get(column);
            String padding = " ".repeat(widthOf(column) - cell.text().length());
            boolean isRight = columns.get(column).isRight();
            line.append(line.isEmpty() ? "" : GAP)
                    .append(isRight ? padding : "")
                    .append(cell.paint().apply(cell.text()))
                    .append(isRight ? "" : padding);
        }
        return line.toString().stripTrailing();
    }
}
