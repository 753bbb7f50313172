package io.gatehouse.lab.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a node that is a whole cluster: controller and broker in one, small, with every replication at 1. */
final class NodeSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String BROKER_LISTENER = "BROKER";

    private NodeSettings() {}

    static Map<String, Object> of(int port, int controllerPort, Path dataDir) {
        Map<String, Object> settings = new HashMap<>();
        identity(settings, port, controllerPort, dataDir);
        oneReplica(settings);
        quickTakeover(settings);
        smallFootprint(settings);
        return settings;
    }

    private static void identity(Map<String, Object> settings, int port, int controllerPort, Path dataDir) {
        String broker = BROKER_LISTENER + "://127.0.0.1:" + port;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", broker);
        settings.put("inter.broker.listener.name", BROKER_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        // Named in the settings rather than stored, so that a restart may use another controller port.
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", dataDir.toString());
        // A misspelt topic should be an error, as it is in a production cluster.
        settings.put("auto.create.topics.enable", "false");
    }

    private static void oneReplica(Map<String, Object> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    /** How soon others go on with the work of a process that was killed. */
    private static void quickTakeover(Map<String, Object> settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Kafka's own minimum is 45 s: too long to watch a takeover.
        settings.put("group.consumer.min.session.timeout.ms", "6000");
        settings.put("group.consumer.session.timeout.ms", "10000");
        settings.put("group.consumer.min.heartbeat.interval.ms", "1000");
        settings.put("group.consumer.heartbeat.interval.ms", "2000");
        // How often transactions past their timeout are looked for; Kafka's 10 s would double the wait for a dead one.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // The only broker must not be fenced off because a busy machine held up its heartbeats.
        settings.put("broker.session.timeout.ms", "60000");
    }

    /** Threads and buffers for a laptop with two cores. */
    private static void smallFootprint(Map<String, Object> settings) {
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("group.coordinator.threads", "1");
        settings.put("share.coordinator.threads", "1");
        // Otherwise 128 MiB of heap, for compacting topics that are a few megabytes here.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("offsets.load.buffer.size", "1048576");
        settings.put("transaction.state.log.load.buffer.size", "1048576");
    }
}
