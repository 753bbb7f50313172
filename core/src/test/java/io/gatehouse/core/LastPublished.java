package io.gatehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;

/** Keeps what a partition publishes as a reader of the topics would. */
final class LastPublished implements Publications {
    private final Map<String, byte[]> statistics = new HashMap<>();

    @Override
    public void session(byte[] key, byte[] value) {}

    @Override
    public void statistics(byte[] key, byte[] value) {
        statistics.put(new String(key, UTF_8), value);
    }

    /** The last value of each key. */
    Map<String, byte[]> statistics() {
        return statistics;
    }
}
