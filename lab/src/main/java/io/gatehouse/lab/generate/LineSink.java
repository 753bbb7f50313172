package io.gatehouse.lab.generate;

import java.io.IOException;
import java.io.OutputStream;

/** Writes each value on a line of its own; an empty or absent value is an empty line. */
final class LineSink implements Sink {
    private final OutputStream to;
    private long written;
    private volatile long acknowledged;
    private volatile String failure;

    /** @param to is closed with this; should be buffered */
    LineSink(OutputStream to) {
        this.to = to;
    }

    @Override
    public void send(GeneratedRecord made) {
        try {
            if (made.value() != null) {
                to.write(made.value());
            }
            to.write('\n');
            acknowledged = ++written;
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException problem) {
        failure = "a line could not be written: " + problem.getMessage() + ".";
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        try {
            to.close();
        } catch (IOException e) {
            failed(e);
        }
    }
}
