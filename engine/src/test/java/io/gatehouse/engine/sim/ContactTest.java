package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.worker.Worker;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker without logins whose group's coordinator is away: nothing else would tell. */
class ContactTest {
    private static final String INPUT = "user-login";

    private final Random random = new Random(13);
    private final SimKafka kafka = new SimKafka(
            random,
            Flaws.NONE,
            INPUT,
            1,
            List.of("processed-user-login", "user-login-dlq", "login-sessions", "login-stats", "gatehouse-state"),
            0);
    /** With what the coordinator's answer fails; null while it does not. */
    private KafkaException failure;

    private final Worker worker = new Worker(
            0,
            SimSettings.of("idle"),
            new GeoTables(GeoTable.empty()),
            new UserBudget(1_000),
            () -> 1,
            new SimClients(kafka),
            cluster(),
            kafka);

    @BeforeEach
    void hasBegun() {
        turnForTwentySeconds();
        assertThat(worker.status().state()).isEqualTo(WorkerState.RUNNING);
    }

    @Test
    void aCoordinatorThatDoesNotAnswerIsSaidUntilItAnswers() {
        failure = new TimeoutException("Call(callName=describeGroups, tries=7)");
        turnForTwentySeconds();
        assertThat(worker.status().state()).isEqualTo(WorkerState.TROUBLED);
        assertThat(worker.status().trouble())
                .startsWith("the broker does not answer (no word from the group's coordinator)");

        failure = null;
        turnForTwentySeconds();
        assertThat(worker.status().state()).isEqualTo(WorkerState.RUNNING);
        assertThat(worker.status().trouble()).isNull();
    }

    @Test
    void aCoordinatorThatRefusesTheQuestionHasAnswered() {
        failure = GroupAuthorizationException.forGroupId("gatehouse");
        turnForTwentySeconds();
        assertThat(worker.status().state()).isEqualTo(WorkerState.RUNNING);
    }

    private void turnForTwentySeconds() {
        for (int i = 0; i < 200; i++) {
            kafka.pass(100);
            worker.turn();
        }
    }

    private Cluster cluster() {
        return (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(),
                new Class<?>[] {Cluster.class},
                (proxy, method, arguments) ->
                        failure != null && method.getName().equals("members")
                                ? CompletableFuture.failedFuture(failure)
                                : method.invoke(kafka, arguments));
    }
}
