package io.gatehouse.lab.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** The bytes of one direction of a connection, in their order. Belongs to its proxy's thread. */
final class Flow {
    /** More are left with the sender, whose own buffers then fill, as on any slow network. */
    static final int MOST_HELD_BYTES = 256 * 1024;

    private final SocketChannel from;
    private final SocketChannel to;
    private final Queue<Chunk> held = new ArrayDeque<>();
    private int heldBytes;
    private boolean isAtEnd;
    private boolean hasLost;

    Flow(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
    }

    /** Bytes that may go on from this moment, on the clock of {@link System#nanoTime}. */
    private record Chunk(ByteBuffer bytes, long dueNs) {}

    boolean hasRoom() {
        return !isAtEnd && heldBytes < MOST_HELD_BYTES;
    }

    /** Nothing will come any more, and everything has gone on. */
    boolean isOver() {
        return isAtEnd && held.isEmpty();
    }

    /** Bytes are missing in its midst: whoever takes what comes next for their continuation misreads it. */
    boolean hasLost() {
        return hasLost;
    }

    boolean isDue(long nowNs) {
        return !held.isEmpty() && held.element().dueNs() - nowNs <= 0;
    }

    /** How long until there is something to write; {@link Long#MAX_VALUE} if nothing is held. */
    long nsUntilDue(long nowNs) {
        return held.isEmpty() ? Long.MAX_VALUE : Math.max(0, held.element().dueNs() - nowNs);
    }

    /** Takes what has come, and loses it. */
    void lose(ByteBuffer buffer) throws IOException {
        hasLost |= read(buffer) > 0;
    }

    /** Takes what has come, and lets it go on after the delay, or at once. */
    void take(ByteBuffer buffer, long nowNs, long delayNs) throws IOException {
        if (read(buffer) <= 0) {
            return;
        }
        buffer.flip();
        if (delayNs == 0 && held.isEmpty()) {
            to.write(buffer);
        }
        if (buffer.hasRemaining()) {
            heldBytes += buffer.remaining();
            ByteBuffer copy =
                    ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
            held.add(new Chunk(copy, nowNs + delayNs));
        }
    }

    private int read(ByteBuffer buffer) throws IOException {
        int count = from.read(buffer.clear());
        isAtEnd |= count < 0;
        return count;
    }

    /** Writes what is due, as far as the receiver takes it. */
    void pass(long nowNs) throws IOException {
        while (isDue(nowNs)) {
            ByteBuffer bytes = held.element().bytes();
            heldBytes -= to.write(bytes);
            if (bytes.hasRemaining()) {
                return;
            }
            held.remove();
        }
    }
}
