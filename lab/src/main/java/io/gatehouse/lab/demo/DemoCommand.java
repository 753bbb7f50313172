package io.gatehouse.lab.demo;

import io.gatehouse.app.StartException;
import io.gatehouse.app.StopSignal;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.broker.BrokerException;
import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.generate.StreamSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse demo}. */
@Command(
        name = "demo",
        description =
                "Shows everything on this machine: starts a Kafka of its own, sends logins to it, processes them and"
                        + " tells what happens.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse demo",
            "  gatehouse demo --rate 2000 --users 100000 --for 1m",
            "  gatehouse demo --profile reference --for 1m",
            "  gatehouse demo --rate 0 --kafka-port 19092 --data-dir ./demo-data"
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DemoOptions options;

    @Override
    public Integer call() throws InterruptedException {
        StreamSettings traffic = traffic();
        requireFree("--kafka-port", options.kafkaPort());
        requireFree("--http-port", options.httpPort());
        StopSignal stop = StopSignal.listen();
        try {
            new Demo(options, traffic, stop, spec.commandLine().getOut()).run();
        } catch (BrokerException | StartException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }

    private StreamSettings traffic() {
        try {
            return options.traffic();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    /** Looked at before anything starts: whoever starts a second demo is told at once. */
    private static void requireFree(String option, int port) {
        if (port != 0 && !LoopbackPort.isFree(port)) {
            throw new CommandFailure(
                    "port " + port + " is in use by another process: choose another one with " + option + ".");
        }
    }
}
