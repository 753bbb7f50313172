package io.gatehouse.lab.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** A list of JSON values, each with what must become of it: {@code "value" => outcome}; lines with # are remarks. */
final class DataFile {
    private static final String ARROW = " => ";

    /** @param json a JSON value as it stands in the event */
    record Line(String json, String outcome) {}

    private DataFile() {}

    /** @param name of a resource beside this class */
    static List<Line> lines(String name) {
        try (BufferedReader file = new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(DataFile.class.getResourceAsStream(name)), UTF_8))) {
            return file.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(DataFile::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private static Line line(String line) {
        int arrow = line.indexOf(ARROW);
        return new Line(line.substring(0, arrow), line.substring(arrow + ARROW.length()));
    }
}
