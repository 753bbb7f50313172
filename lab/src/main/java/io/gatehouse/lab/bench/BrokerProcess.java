package io.gatehouse.lab.bench;

import io.gatehouse.lab.Lab;
import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.lab.worker.WorkerProcess;
import java.nio.file.Path;
import java.util.List;

/** The broker of a benchmark: a process of its own, so that its CPU time can be told from the others'. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * A broker that is not yet started.
     *
     * @param directory for its data, and what it says
     */
    public static WorkerProcess on(int port, Path directory) {
        // All of the heap from the beginning: one that grows by and by makes each run another one.
        List<String> command = ChildProcess.java(
                List.of("-Xms1g", "-Xmx1g"),
                Lab.class,
                "broker",
                "--port",
                Integer.toString(port),
                "--data-dir",
                directory.resolve("kafka").toString());
        return new WorkerProcess(0, (instanceId, life) -> command, directory.resolve("broker.log"));
    }
}
