package io.gatehouse.engine.worker;

/** Time, as an argument. */
public interface Ticker {
    /** Epoch milliseconds. */
    long wallMs();

    /** Nanoseconds from an arbitrary origin, never going back. */
    long monotonicNs();

    /** This machine's clocks. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long wallMs() {
                return System.currentTimeMillis();
            }

            @Override
            public long monotonicNs() {
                return System.nanoTime();
            }
        };
    }
}
