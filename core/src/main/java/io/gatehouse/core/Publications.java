package io.gatehouse.core;

/** Takes what a partition publishes beside its processed events. Each call is one record of its own. */
public interface Publications {
    /** Takes nothing: for where there is nowhere to publish to. */
    Publications NOWHERE = new Publications() {
        @Override
        public void session(byte[] key, byte[] value) {}

        @Override
        public void statistics(byte[] key, byte[] value) {}
    };

    /** A closed session: key and value of its record. The arrays are the taker's to keep. */
    void session(byte[] key, byte[] value);

    /** Statistics of a window, cumulative: key and value of their record. The arrays are the taker's to keep. */
    void statistics(byte[] key, byte[] value);
}
