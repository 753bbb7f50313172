package io.gatehouse.peers.job;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a contestant's process: until SIGTERM, which ends it in order, or until it fails. */
public final class Contestant {
    private static final Logger LOG = LoggerFactory.getLogger(Contestant.class);
    private static final int MISUSED = 2;
    private static final int FAILED = 1;

    /** Starts a contestant. */
    @FunctionalInterface
    public interface Starter {
        /** Starts it and returns; what it returns ends it. */
        AutoCloseable start(Arguments arguments) throws Exception;
    }

    private Contestant() {}

    /**
     * Starts a contestant, which goes on on threads of its own.
     *
     * @param knobs the keys that it takes besides the common ones, with their defaults
     */
    public static void run(String[] arguments, Map<String, String> knobs, Starter starter) {
        try {
            AutoCloseable running = starter.start(Arguments.of(arguments, knobs));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running), "end"));
        } catch (IllegalArgumentException e) {
            LOG.error("cannot start: {}", e.getMessage());
            System.exit(MISUSED);
        } catch (Exception e) {
            fail(e);
        }
    }

    /** Ends the process at once: a contestant that cannot go on must not look as if it were only slow. */
    public static void fail(Throwable cause) {
        LOG.error("cannot go on", cause);
        Runtime.getRuntime().halt(FAILED);
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) {
            fail(e);
        }
    }
}
