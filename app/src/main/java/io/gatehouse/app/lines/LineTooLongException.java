package io.gatehouse.app.lines;

import java.io.IOException;

/** A line that is longer than can sensibly be held in memory. */
public final class LineTooLongException extends IOException {
    LineTooLongException(int maxLineBytes) {
        super("a line is longer than " + (maxLineBytes >> 20) + " MiB");
    }
}
