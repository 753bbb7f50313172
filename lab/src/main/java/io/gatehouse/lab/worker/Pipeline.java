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
    private final String bootstrap;
    private final int heapMegabytes;
    private final Map<String, String> settings = new LinkedHashMap<>();

    /**
     * @param name the application id, and the beginning of its topics' names
     * @param heapMegabytes of each worker process
     * @param extra Gatehouse settings that override those made here
     */
    public Pipeline(String bootstrap, String name, int partitions, int heapMegabytes, Map<String, String> extra) {
        this.bootstrap = bootstrap;
        this.heapMegabytes = heapMegabytes;
        settings.put("kafka.bootstrap.servers", bootstrap);
        settings.put("application.id", name);
        settings.put("input.topic", name + "-user-login");
        settings.put("output.topic", name + "-processed-user-login");
        settings.put("dead-letter.topic", name + "-user-login-dlq");
        settings.put("topics.sessions", name + "-login-sessions");
        settings.put("topics.stats", name + "-login-stats");
        settings.put("topics.partitions", Integer.toString(partitions));
        settings.put("http.port", "off");
        settings.putAll(extra);
    }

    public Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", bootstrap);
    }

    public String inputTopic() {
        return settings.get("input.topic");
    }

    /** @throws ProcessException when the topics cannot be made; what is wrong was printed */
    public void createTopics() {
        int exitCode = Gatehouse.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute(arguments("topics", "create", "--replication", "1").toArray(String[]::new));
        if (exitCode != 0) {
            throw new ProcessException("the topics could not be created (exit code " + exitCode + ")");
        }
    }

    /** A worker process that is not yet started, on this Java and this class path. */
    public WorkerProcess worker(int number, Path log) {
        return new WorkerProcess(number, this::command, log);
    }

    private List<String> command(String instanceId) {
        List<String> arguments = arguments("run");
        arguments.addAll(List.of("-D", "instance.id=" + instanceId));
        // All of the heap from the beginning: one that grows by and by makes each run another one.
        return ChildProcess.java(
                List.of("-Xms" + heapMegabytes + "m", "-Xmx" + heapMegabytes + "m"),
                Gatehouse.class,
                arguments.toArray(String[]::new));
    }

    /** Checks all that the workers publish, by what they are told. */
    public CheckSettings check(Duration wait) {
        return CheckSettings.of(configuration(), wait);
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

    private List<String> definitions() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }
}
