package io.gatehouse.app.command;

import io.gatehouse.app.Pipeline;
import io.gatehouse.app.StopSignal;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.EngineStatus.WorkerState;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse run}. */
@Command(
        name = "run",
        description = {
            "The production worker: joins the group and works until SIGTERM or Ctrl-C.",
            "Stopping finishes the batch, commits and leaves the group, and exits 0 within shutdown.timeout. A second signal"
                    + " ends the process at once; nothing committed is lost by that."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse run --config gatehouse.properties",
            "  gatehouse run -D kafka.bootstrap.servers=localhost:9092 -D http.port=off",
            "  GATEHOUSE_KAFKA_BOOTSTRAP_SERVERS=localhost:9092 gatehouse run"
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK_ROUND = Duration.ofSeconds(1);

    /** What the parts beside the engine may take to stop. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    @Mixin
    private ConfigurationOptions options;

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = options.load(Configuration.Broker.NEEDED);
        StopSignal stop = StopSignal.listen();
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        try (Pipeline pipeline = Pipeline.start(configuration)) {
            boolean asked = false;
            while (!asked && !allWorkersDied(pipeline)) {
                asked = stop.await(LOOK_ROUND);
            }
            log.info("Stopping");
            boundStopping(configuration.engine().stopTimeout());
            if (!asked) {
                throw new CommandFailure("all workers have died of defects; the log has their traces");
            }
        }
        log.info("Stopped");
        return 0;
    }

    private static boolean allWorkersDied(Pipeline pipeline) {
        return pipeline.status().workers().stream().allMatch(worker -> worker.state() == WorkerState.DEAD);
    }

    /** Whatever hangs, the process ends: what is not committed is done again by whoever takes over. */
    private static void boundStopping(Duration longest) {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(longest.plus(GRACE).toMillis());
                        System.err.println("gatehouse: stopping took longer than shutdown.timeout; gave up on it");
                        Runtime.getRuntime().halt(GatehouseCommand.FAILED);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
