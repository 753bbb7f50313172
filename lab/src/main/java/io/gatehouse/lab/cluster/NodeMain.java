package io.gatehouse.lab.cluster;

import io.gatehouse.app.StopSignal;
import io.gatehouse.lab.broker.BrokerException;
import io.gatehouse.lab.broker.BrokerLogs;
import io.gatehouse.lab.broker.KafkaNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What the process of one broker runs, until it is asked to stop. */
final class NodeMain {
    /** Of its Java, for three of them beside the workers on a machine with two cores. */
    static final List<String> OPTIONS = List.of(
            "-Xms384m",
            "-Xmx384m",
            // One collector thread, and half the memory beside the heap; its pauses are short on a heap this small.
            "-XX:+UseSerialGC",
            // The optimising compiler would use more of the machine in the first minutes than the broker ever gives
            // back.
            "-XX:TieredStopAtLevel=1",
            // Dead, it is replaced; half alive, it would hold the others up.
            "-XX:+ExitOnOutOfMemoryError");

    private NodeMain() {}

    static Path settings(Path directory) {
        return directory.resolve("broker.properties");
    }

    /** The file that is there once the broker serves clients. */
    static Path ready(Path directory) {
        return directory.resolve("ready");
    }

    /** @param arguments the broker's directory, and the cluster's id */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        BrokerLogs.informative();
        StopSignal stop = StopSignal.listen();
        try {
            KafkaNode node = KafkaNode.start(read(settings(directory)), arguments[1]);
            Files.createFile(ready(directory));
            stop.await();
            node.stop();
        } catch (BrokerException e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static Map<String, Object> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
