package io.gatehouse.lab.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The settings of a node: controller and broker in one, and small. It is a whole cluster, or one of several alike; then
 * everything lies on all of them, and may be written as long as one is away.
 */
public final class NodeSettings {
    /** The listener of those who come past everything that stands before a broker; its peers use it, too. */
    public static final String BROKER_LISTENER = "BROKER";

    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String NODE_ID = "node.id";
    static final String DATA_DIR = "log.dirs";

    private NodeSettings() {}

    /** Of a node that is a whole cluster. */
    static Map<String, Object> alone(int port, int controllerPort, Path dataDir) {
        Map<String, Object> settings = of(1, port, List.of(controllerPort), dataDir);
        // The only broker must not be fenced off because a busy machine held up its heartbeats.
        settings.put("broker.session.timeout.ms", "60000");
        return settings;
    }

    /**
     * Of one node among several.
     *
     * @param number 1 for the first
     * @param port where it listens for clients and its peers, on 127.0.0.1
     * @param controllerPorts of all nodes, in their order
     */
    public static Map<String, Object> of(int number, int port, List<Integer> controllerPorts, Path dataDir) {
        Map<String, Object> settings = new HashMap<>();
        identity(settings, number, port, controllerPorts, dataDir);
        replication(settings, controllerPorts.size());
        quickTakeover(settings);
        smallFootprint(settings);
        return settings;
    }

    private static void identity(
            Map<String, Object> settings, int number, int port, List<Integer> controllerPorts, Path dataDir) {
        String broker = BROKER_LISTENER + "://127.0.0.1:" + port;
        String controller = CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPorts.get(number - 1);
        settings.put("process.roles", "broker,controller");
        settings.put(NODE_ID, Integer.toString(number));
        settings.put("listeners", broker + "," + controller);
        settings.put("advertised.listeners", broker);
        settings.put("inter.broker.listener.name", BROKER_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        // Named in the settings rather than stored, so that a restart may use another controller port.
        settings.put("controller.quorum.voters", voters(controllerPorts));
        settings.put(DATA_DIR, dataDir.toString());
        // A misspelt topic should be an error, as it is in a production cluster.
        settings.put("auto.create.topics.enable", "false");
    }

    private static String voters(List<Integer> controllerPorts) {
        return IntStream.rangeClosed(1, controllerPorts.size())
                .mapToObj(number -> number + "@127.0.0.1:" + controllerPorts.get(number - 1))
                .collect(Collectors.joining(","));
    }

    private static void replication(Map<String, Object> settings, int nodes) {
        String replicas = Integer.toString(nodes);
        String inSync = Integer.toString(Math.max(1, nodes - 1));
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
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
