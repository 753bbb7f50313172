package io.gatehouse.engine;

import io.gatehouse.core.geo.GeoTable;

/** The running pipeline of this process: its worker threads, started and stopped together. */
public final class Engine implements AutoCloseable {
    public Engine(EngineSettings settings, GeoTable geo) {
        throw new UnsupportedOperationException("written next");
    }

    /** Starts the workers and returns at once; an unreachable broker is retried, and shows in {@link #status()}. */
    public void start() {
        throw new UnsupportedOperationException("written next");
    }

    /** What the engine is doing now. Safe to call from any thread. */
    public EngineStatus status() {
        throw new UnsupportedOperationException("written next");
    }

    /** Finishes the batch in hand, commits, leaves the group; returns within the stop timeout. Idempotent. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("written next");
    }
}
