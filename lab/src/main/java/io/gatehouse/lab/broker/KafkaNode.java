package io.gatehouse.lab.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka node in this process, controller and broker in one, over a data directory that it alone uses. */
public final class KafkaNode {
    private final DirectoryLock lock;
    private final KafkaRaftServer server;

    private KafkaNode(DirectoryLock lock, KafkaRaftServer server) {
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the node and returns when clients can use it, after two to four seconds on an idle machine; a node of a
     * cluster that has just been made waits for most of the others. Formats the data directory if it is empty.
     *
     * @param settings made by {@link NodeSettings}, and perhaps added to
     * @param clusterId written into a new data directory; an old one keeps its own
     * @throws BrokerException if the node does not start
     */
    public static KafkaNode start(Map<String, Object> settings, String clusterId) {
        Path dataDir = Path.of(settings.get(NodeSettings.DATA_DIR).toString());
        DirectoryLock lock = DirectoryLock.take(dataDir);
        KafkaRaftServer server = null;
        try {
            formatOnce(settings, dataDir, clusterId);
            server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            return new KafkaNode(lock, server);
        } catch (Exception e) {
            if (server != null) {
                server.shutdown();
                server.awaitShutdown();
            }
            lock.release();
            throw new BrokerException("The broker did not start on " + dataDir + ": " + e.getMessage(), e);
        }
    }

    private static void formatOnce(Map<String, Object> settings, Path dataDir, String clusterId) throws Exception {
        if (Files.exists(dataDir.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(Integer.parseInt(settings.get(NodeSettings.NODE_ID).toString()))
                .setClusterId(clusterId)
                .setControllerListenerName(NodeSettings.CONTROLLER_LISTENER)
                .setDirectories(List.of(dataDir.toString()))
                .setMetadataLogDirectory(dataDir.toString())
                .run();
    }

    /** Stops the node in order, within seconds. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
        lock.release();
    }
}
