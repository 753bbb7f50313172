package io.gatehouse.lab.generate;

/**
 * What Kafka has said of each record of a run: written where, failed, or nothing yet. A record whose send has failed may
 * have been written all the same; it is never sent again by the run. Thread-safe; 8 bytes a record.
 */
public final class Acknowledgements {
    private final InputPlaces places = new InputPlaces();
    private long sent;
    private long acknowledged;
    private long failed;
    private String failure;

    /** Notes a record that is about to be handed to Kafka. */
    public synchronized void sending(long seq) {
        sent = Math.max(sent, seq + 1);
    }

    /**
     * Notes that a record was written.
     *
     * @param offset negative when Kafka does not say: it may have forgotten when it is asked once more
     */
    public synchronized void acknowledged(long seq, int partition, long offset) {
        places.put(seq, InputPlaces.of(partition, offset));
        acknowledged++;
    }

    /** Notes a record of which it will not be known whether it was written. */
    synchronized void failed(String why) {
        failed++;
        failure = why;
    }

    /** Records handed to Kafka so far: those of the numbers below. */
    public synchronized long sent() {
        return sent;
    }

    /** Those of them that are known to be written. */
    public synchronized long acknowledged() {
        return acknowledged;
    }

    /** Those of them of which it will not be known. */
    public synchronized long failed() {
        return failed;
    }

    /** Why the last of those failed; null when none has. */
    public synchronized String failure() {
        return failure;
    }

    /** Where a record lies, as {@link InputPlaces} tell it. */
    public synchronized long place(long seq) {
        return places.get(seq);
    }
}
