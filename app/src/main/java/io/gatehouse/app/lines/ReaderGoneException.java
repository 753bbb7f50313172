package io.gatehouse.app.lines;

import java.io.IOException;

/** Whoever read the results has had enough of them: the end of the work, and no fault. */
public final class ReaderGoneException extends IOException {
    ReaderGoneException(IOException cause) {
        super(cause);
    }
}
