package io.gatehouse.app.lines;

import io.gatehouse.core.Batch;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.Publications;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/**
 * Judges a stream of lines as if it were a partition, and writes what becomes of them in the same order. Memory is
 * bounded by the users remembered and by the largest line.
 */
public final class LineRun {
    /** Huge lines fill a batch by weight rather than by number. */
    private static final int BATCH_BYTES = 1 << 20;

    /** The list of changed users, which nobody journals here, is emptied this often. */
    private static final int BATCHES_BETWEEN_DRAINS = 64;

    private final PartitionJudge judge;
    private final InstantSource clock;
    private final LineReader in;
    private final ResultStream out;
    private final ResultStream deadLetters;
    private final Batch batch = new Batch();
    private final byte[][] values = new byte[Batch.CAPACITY][];
    private final LineCounts counts = new LineCounts();
    private long nowMs;
    private int batchBytes;
    private int batches;

    /**
     * @param judge of this stream alone
     * @param clock gives {@code processed_timestamp}, and stands for the records' own timestamps
     * @param deadLetters where refused lines go; null when they are only counted
     */
    public LineRun(
            PartitionJudge judge, InstantSource clock, InputStream in, OutputStream out, OutputStream deadLetters) {
        this.judge = judge;
        this.clock = clock;
        this.in = new LineReader(in);
        this.out = new ResultStream(out);
        this.deadLetters = deadLetters == null ? null : new ResultStream(deadLetters);
    }

    /**
     * Works until the input ends.
     *
     * @throws ReaderGoneException when nobody reads the output any longer
     * @throws LineTooLongException when the input is no file of lines
     */
    public LineCounts run() throws IOException {
        long offset = 0;
        byte[] line;
        while ((line = nextLine()) != null) {
            add(line, offset++);
        }
        judgeBatch();
        flush();
        return counts;
    }

    /** Before waiting for input, all there is to show is shown: a terminal or a slow pipe sees each result at once. */
    private byte[] nextLine() throws IOException {
        if (in.mayWait()) {
            judgeBatch();
            flush();
        }
        try {
            return in.next();
        } catch (IOException e) {
            judgeBatch();
            flush();
            throw e;
        }
    }

    private void add(byte[] line, long offset) throws IOException {
        if (batch.size() == 0) {
            nowMs = clock.millis();
        }
        values[batch.size()] = line;
        batch.add(null, line, offset, nowMs);
        batchBytes += line.length;
        if (batch.isFull() || batchBytes >= BATCH_BYTES) {
            judgeBatch();
        }
    }

    private void judgeBatch() throws IOException {
        if (batch.size() == 0) {
            return;
        }
        judge.judge(batch, nowMs);
        judge.publish(nowMs, Publications.NOWHERE);
        long firstLine = counts.lines() + 1;
        for (int i = 0; i < batch.size(); i++) {
            write(i, firstLine + i);
        }
        batch.clear();
        batchBytes = 0;
        if (++batches % BATCHES_BETWEEN_DRAINS == 0) {
            judge.drainChanges((source, offset, lengthBytes) -> {});
        }
    }

    private void write(int index, long line) throws IOException {
        if (batch.isAccepted(index)) {
            counts.countProcessed();
            out.writeLine(batch.output(index));
        } else {
            counts.countRefused(batch.reason(index));
            if (deadLetters != null) {
                deadLetters.writeLine(DeadLetterLine.of(batch.reason(index), batch.field(index), line, values[index]));
            }
        }
        values[index] = null;
    }

    private void flush() throws IOException {
        out.flush();
        if (deadLetters != null) {
            deadLetters.flush();
        }
    }
}
