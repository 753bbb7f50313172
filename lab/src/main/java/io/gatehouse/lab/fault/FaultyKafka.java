package io.gatehouse.lab.fault;

import io.gatehouse.app.command.CommandFailure;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Option;

/** The Kafka in which a fault is made; the same options for every fault of that kind. */
final class FaultyKafka {
    private static final long ANSWER_WITHIN_S = 30;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka to make the fault in. Default: ${DEFAULT-VALUE}.")
    private String bootstrap;

    FaultyKafka() {}

    FaultyKafka(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    Map<String, Object> settings() {
        return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    }

    /**
     * What Kafka answers to a question.
     *
     * @throws CommandFailure when it refuses, or does not answer in time
     */
    <T> T get(Callable<Future<T>> question) {
        try {
            return question.call().get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
        } catch (Exception e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new CommandFailure("Kafka at " + bootstrap + " does not do it: " + cause, e);
        }
    }
}
