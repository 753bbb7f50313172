package io.gatehouse.app.lines;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream of bytes at its line feeds. A last line without one counts; bytes are not looked into otherwise. */
final class LineReader {
    /** Far beyond any event, and small enough to hold: what is longer is no file of lines. */
    static final int MAX_LINE_BYTES = 64 << 20;

    private static final int FIRST_BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final int maxLineBytes;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int start;
    private int end;
    /** Up to where the buffer is known to hold no line feed. */
    private int searched;

    LineReader(InputStream in) {
        this(in, MAX_LINE_BYTES);
    }

    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * The next line without its line feed, or null at the end.
     *
     * @throws LineTooLongException when the line is longer than the bound
     */
    byte[] next() throws IOException {
        int feed;
        while ((feed = findLineFeed()) < 0) {
            if (!fill()) {
                return start == end ? null : take(end, end);
            }
        }
        return take(feed, feed + 1);
    }

    /** Whether the next line may have to be waited for, so that finished work should be shown before. */
    boolean mayWait() throws IOException {
        return findLineFeed() < 0 && in.available() == 0;
    }

    private int findLineFeed() {
        while (searched < end) {
            if (buffer[searched] == '\n') {
                return searched;
            }
            searched++;
        }
        return -1;
    }

    private byte[] take(int lineEnd, int nextStart) throws LineTooLongException {
        if (lineEnd - start > maxLineBytes) {
            throw new LineTooLongException(maxLineBytes);
        }
        byte[] line = Arrays.copyOfRange(buffer, start, lineEnd);
        start = nextStart;
        searched = nextStart;
        return line;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            searched -= start;
            start = 0;
        }
        if (end > maxLineBytes) {
            throw new LineTooLongException(maxLineBytes);
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read >= 0;
    }
}
