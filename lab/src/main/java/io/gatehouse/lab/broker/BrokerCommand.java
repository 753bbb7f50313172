package io.gatehouse.lab.broker;

import io.gatehouse.app.StopSignal;
import io.gatehouse.app.command.CommandFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse broker}: a node as a process of its own, until it is asked to stop. */
@Command(
        name = "broker",
        description = "Runs a single-node Kafka broker, for trying things out: reachable from this machine only.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse broker",
            "  gatehouse broker --port 19092 --data-dir ./kafka-data",
            "  gatehouse topics create -D kafka.bootstrap.servers=127.0.0.1:19092"
        })
public final class BrokerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Where it listens on 127.0.0.1; 0 for any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keeps its records here, for the next start too. Default: a temporary directory, deleted at"
                    + " exit.")
    private Path dataDir;

    @Override
    public Integer call() throws InterruptedException {
        BrokerLogs.onlyErrors();
        StopSignal stop = StopSignal.listen();
        PrintWriter out = spec.commandLine().getOut();
        long begun = System.nanoTime();
        try (EmbeddedBroker broker = EmbeddedBroker.at(port, dataDir)) {
            start(broker);
            welcome(out, broker, (System.nanoTime() - begun) / 1_000_000);
            stop.await();
            out.println("Stopping.");
            out.flush();
        }
        return 0;
    }

    private static void start(EmbeddedBroker broker) {
        try {
            broker.start();
        } catch (PortInUseException e) {
            throw new CommandFailure(
                    "port " + e.port() + " is in use by another process: choose another one with --port.", e);
        } catch (BrokerException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void welcome(PrintWriter out, EmbeddedBroker broker, long startMs) {
        String at = broker.bootstrap();
        out.printf("Kafka %s listens on %s (ready in %.1f s).%n", AppInfoParser.getVersion(), at, startMs / 1000.0);
        out.printf("Records are kept in %s%s.%n%n", broker.dataDir(), dataDir == null ? " until it stops" : "");
        out.printf("  create Gatehouse's topics   gatehouse topics create -D kafka.bootstrap.servers=%s%n", at);
        out.printf("  list the topics             kcat -b %s -L%n", at);
        out.printf("  stop                        Ctrl-C%n");
        out.flush();
    }
}
