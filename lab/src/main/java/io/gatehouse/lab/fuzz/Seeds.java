package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Inputs written down as text. */
final class Seeds {
    private Seeds() {}

    /** Each line is one, as UTF-8. */
    static List<byte[]> lines(String text) {
        return text.lines().map(line -> line.getBytes(UTF_8)).toList();
    }
}
