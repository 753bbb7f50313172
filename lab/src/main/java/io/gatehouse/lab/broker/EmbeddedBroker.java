package io.gatehouse.lab.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * A single-node Kafka cluster in this process, reachable over loopback only.
 *
 * <p>It may be stopped and started again: port and records stay. Not safe for use by several threads at once.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int START_ATTEMPTS = 3;

    private final Path dataDir;
    private final boolean temporary;
    private final boolean portGiven;
    private final Map<String, String> overrides = new HashMap<>();
    private int port;
    private KafkaNode node;

    private EmbeddedBroker(int port, Path dataDir, boolean temporary) {
        this.port = port;
        this.portGiven = port != 0;
        this.dataDir = dataDir;
        this.temporary = temporary;
    }

    /** A broker on a free port, whose records are gone when it is closed. */
    public static EmbeddedBroker temporary() {
        return at(0, null);
    }

    /**
     * A broker that is not yet started.
     *
     * @param port where it will listen; 0 for a free one
     * @param dataDir where it keeps its records, created if missing; null for a temporary directory that
     *     {@link #close} deletes
     */
    public static EmbeddedBroker at(int port, Path dataDir) {
        try {
            return dataDir == null
                    ? new EmbeddedBroker(port, Files.createTempDirectory("gatehouse-broker"), true)
                    : new EmbeddedBroker(port, Files.createDirectories(dataDir.toAbsolutePath()), false);
        } catch (IOException e) {
            throw new BrokerException("The broker's data directory cannot be created: " + e, e);
        }
    }

    /** Sets one of Kafka's broker settings; takes effect at the next {@link #start}. */
    public EmbeddedBroker with(String setting, String value) {
        overrides.put(setting, value);
        return this;
    }

    /**
     * Starts the node and returns when clients can use it, after two to four seconds on an idle machine.
     *
     * @return this broker
     * @throws PortInUseException if the given port is taken
     * @throws BrokerException if the node does not start
     */
    public EmbeddedBroker start() {
        if (node != null) {
            throw new IllegalStateException("The broker is running");
        }
        for (int attempt = 1; node == null; attempt++) {
            int chosen = port == 0 ? LoopbackPort.free() : port;
            if (!LoopbackPort.isFree(chosen)) {
                throw new PortInUseException(chosen);
            }
            try {
                node = startNode(chosen);
                port = chosen;
            } catch (PortInUseException beatenToIt) {
                if (portGiven || attempt == START_ATTEMPTS) {
                    throw beatenToIt;
                }
            }
        }
        return this;
    }

    /** Where clients connect, as {@code host:port}; only once it was started. */
    public String bootstrap() {
        return "127.0.0.1:" + port();
    }

    /** Where the broker listens; only once it was started. */
    public int port() {
        if (port == 0) {
            throw new IllegalStateException("The broker has no port before its first start");
        }
        return port;
    }

    /** Where the records lie. */
    public Path dataDir() {
        return dataDir;
    }

    /** Stops the node in order, within seconds; does nothing when it is not running. */
    public void stop() {
        if (node != null) {
            KafkaNode stopping = node;
            node = null;
            stopping.stop();
        }
    }

    /** Stops the node and deletes what it stored, if that was temporary. */
    @Override
    public void close() {
        stop();
        if (temporary) {
            deleteRecursively(dataDir);
        }
    }

    private KafkaNode startNode(int chosenPort) {
        Map<String, Object> settings = NodeSettings.alone(chosenPort, LoopbackPort.free(), dataDir);
        settings.putAll(overrides);
        try {
            return KafkaNode.start(settings, Uuid.randomUuid().toString());
        } catch (BrokerException e) {
            if (!LoopbackPort.isFree(chosenPort)) {
                throw new PortInUseException(chosenPort);
            }
            throw e;
        }
    }

    private static void deleteRecursively(Path root) {
        try (Stream<Path> inside = Files.walk(root)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's temporary directory cannot be deleted", e);
        }
    }
}
