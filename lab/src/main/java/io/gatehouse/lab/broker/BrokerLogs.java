package io.gatehouse.lab.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** What Kafka writes to the log of a process that a node runs in. */
public final class BrokerLogs {
    private BrokerLogs() {}

    /**
     * Leaves only errors, of the node and of the clients beside it: a node on its own warns at every start and stop of
     * having no peers to talk to, and its clients of what they try again.
     */
    public static void onlyErrors() {
        level("kafka", Level.ERROR);
        level("org.apache.kafka", Level.ERROR);
        level("state.change.logger", Level.ERROR);
        // Calls an error what a transactional producer sends again in its proper order.
        level("kafka.server.ReplicaManager", Level.OFF);
        // A start that fails is thrown to the caller, who says it in one line.
        level("kafka.server.BrokerServer", Level.OFF);
        // It calls an error what a producer puts right by itself: a batch that came before its transaction's first.
        level("kafka.server.ReplicaManager", Level.OFF);
    }

    /** Leaves what a node tells of its work, for a log of its own. */
    public static void informative() {
        level("kafka", Level.INFO);
        level("org.apache.kafka", Level.INFO);
    }

    private static void level(String logger, Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(logger).setLevel(level);
        }
    }
}
