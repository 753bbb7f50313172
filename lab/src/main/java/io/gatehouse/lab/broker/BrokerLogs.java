package io.gatehouse.lab.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** What a node writes to the log of the process it runs in. */
public final class BrokerLogs {
    /** Loggers of the server side; the clients', which a pipeline in the same process needs, are left alone. */
    private static final List<String> SERVER = List.of(
            "kafka",
            "state.change.logger",
            "org.apache.kafka.controller",
            "org.apache.kafka.coordinator",
            "org.apache.kafka.image",
            "org.apache.kafka.metadata",
            "org.apache.kafka.network",
            "org.apache.kafka.raft",
            "org.apache.kafka.server",
            "org.apache.kafka.storage");

    private BrokerLogs() {}

    /** Leaves only errors: a node on its own warns at every start and stop of having no peers to talk to. */
    public static void onlyErrors() {
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof LoggerContext context) {
            SERVER.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
            // A start that fails is thrown to the caller, who says it in one line.
            context.getLogger("kafka.server.BrokerServer").setLevel(Level.OFF);
        }
    }
}
