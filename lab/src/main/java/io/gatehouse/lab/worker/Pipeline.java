package io.gatehouse.lab.worker;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Sources;
import io.gatehouse.lab.check.CheckSettings;
import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.lab.process.ProcessException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names and settings of one pipeline under test: its topics, its group, what its workers are told. */
public final class Pipeline {
    private final Map<String, Object> kafka;
    private final int heapMegabytes;
    private final Map<String, String> settings = new LinkedHashMap<>();

    /** The same as {@link #Pipeline(Map, String, int, int, Map)}, where all clients connect alike. */
    public Pipeline(String bootstrap, String name, int partitions, int heapMegabytes, Map<String, String> extra) {
        this(Map.of("bootstrap.servers", bootstrap), name, partitions, heapMegabytes, extra);
    }

    /**
     * @param kafka client settings of those who drive and check it; unless {@code extra} says otherwise, its workers use
     *     the same {@code bootstrap.servers}
     * @param name the application id, and the beginning of its topics' names
     * @param heapMegabytes of each worker process
     * @param extra Gatehouse settings that override those made here
     */
    public Pipeline(
            Map<String, Object> kafka, String name, int partitions, int heapMegabytes, Map<String, String> extra) {
        this.kafka = Map.copyOf(kafka);
        this.heapMegabytes = heapMegabytes;
        settings.put("kafka.bootstrap.servers", (String) kafka.get("bootstrap.servers"));
        settings.put("application.id", name);
        settings.put("input.topic", name + "-user-login");
        settings.put("output.topic", name + "-processed-user-login");
        settings.put("dead-letter.topic", name + "-user-login-dlq");
        settings.put("topics.sessions", name + "-login-sessions");
        settings.put("topics.stats", name + "-login-stats");
        settings.put("topics.partitions", Integer.toString(partitions));
        settings.put("topics.replication", "1");
        settings.put("http.port", "off");
        settings.putAll(extra);
    }

    /** Client settings of those who drive and check it. */
    public Map<String, Object> kafka() {
        return kafka;
    }

    public String applicationId() {
        return settings.get("application.id");
    }

    public String processedTopic() {
        return settings.get("output.topic");
    }

    public String deadLetterTopic() {
        return settings.get("dead-letter.topic");
    }

    public String inputTopic() {
        return settings.get("input.topic");
    }

    /** @throws ProcessException when the topics cannot be made; what is wrong was printed */
    public void createTopics() {
        int exitCode = Gatehouse.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute(arguments("topics", "create").toArray(String[]::new));
        if (exitCode != 0) {
            throw new ProcessException("the topics could not be created (exit code " + exitCode + ")");
        }
    }

    /** A worker process that is not yet started, on this Java. */
    public WorkerProcess worker(int number, Path log) {
        return worker(number, log, Map.of());
    }

    /** The same with settings of its own. */
    public WorkerProcess worker(int number, Path log, Map<String, String> own) {
        return new WorkerProcess(number, (instanceId, life) -> command(instanceId, life, own), log);
    }

    private List<String> command(String instanceId, Life life, Map<String, String> own) {
        List<String> arguments = arguments("run");
        own.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
        arguments.addAll(List.of("-D", "instance.id=" + instanceId));
        int heap = life.heapMegabytes() == 0 ? heapMegabytes : life.heapMegabytes();
        // All of the heap from the beginning: one that grows by and by makes each run another one. And an end when it
        // does
        // not suffice, as in the container.
        return ChildProcess.java(
                List.of("-Xms" + heap + "m", "-Xmx" + heap + "m", "-XX:+ExitOnOutOfMemoryError"),
                life.classPath() == null ? System.getProperty("java.class.path") : life.classPath(),
                Gatehouse.class,
                arguments.toArray(String[]::new));
    }

    /** Checks all that the workers publish, by what they are told. */
    public CheckSettings check(Duration wait) {
        return CheckSettings.of(kafka, configuration(), wait);
    }

    /** What its workers are told, but for the names of their own. */
    public Configuration configuration() {
        return Configuration.load(new Sources(null, Map.of(), definitions()), Configuration.Broker.NEEDED);
    }

    private List<String> arguments(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        definitions().forEach(definition -> arguments.addAll(List.of("-D", definition)));
        return arguments;
    }

    /** What its workers are told, but for the names of their own, each as {@code key=value}. */
    public List<String> definitions() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }
}
