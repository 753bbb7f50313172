package io.gatehouse.lab.generate;

/** Where generated records go. Used by one thread, but for {@link #acknowledged} and {@link #failure}. */
interface Sink extends AutoCloseable {
    /** Hands a record over; may wait while the receiver is slow. A failure shows in {@link #failure}, also later. */
    void send(GeneratedRecord made);

    /** Records that are safe where they went. */
    long acknowledged();

    /** The first thing that went wrong, in words for the user; null while nothing has. */
    String failure();

    /** Waits until all that was handed over is acknowledged or has failed. */
    @Override
    void close();
}
