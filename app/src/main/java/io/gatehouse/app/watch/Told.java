package io.gatehouse.app.watch;

import io.gatehouse.app.Paint;
import java.util.List;

/** What one look has found. */
interface Told {
    /** Lines of at most so many characters, colours not counted. */
    List<String> text(Paint paint, int columns);

    /** One line of JSON. */
    String json();

    /** Whether nobody needs to do anything. */
    boolean isWell();

    /** Whether looking longer would not tell more. */
    boolean isSettled();
}
