package io.gatehouse.app.lines;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lines to an output that may be a pipe whose reader goes away. */
final class ResultStream {
    private static final int BUFFER_BYTES = 64 << 10;

    private final OutputStream out;

    ResultStream(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    void writeLine(byte[] line) throws IOException {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw told(e);
        }
    }

    void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw told(e);
        }
    }

    /** The system's own words are all that tells a broken pipe from a full disk. */
    private static IOException told(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        return words.contains("Broken pipe") ? new ReaderGoneException(failure) : failure;
    }
}
