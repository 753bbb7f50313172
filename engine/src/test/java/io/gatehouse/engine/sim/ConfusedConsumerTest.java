package io.gatehouse.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.worker.Worker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A consumer that gets into a state which it should not have: another one is made, and nothing is lost or doubled. */
class ConfusedConsumerTest {
    private static final String INPUT = "user-login";
    private static final String PROCESSED = "processed-user-login";
    private static final String DEAD_LETTERS = "user-login-dlq";
    private static final String STATISTICS = "login-stats";
    private static final TopicPartition INPUT_0 = new TopicPartition(INPUT, 0);

    private final Random random = new Random(17);
    private final SimKafka kafka = new SimKafka(
            random,
            Flaws.NONE,
            INPUT,
            1,
            List.of(PROCESSED, DEAD_LETTERS, "login-sessions", STATISTICS, "gatehouse-state"),
            0);
    private final SimTraffic traffic = new SimTraffic(kafka, INPUT, random);
    private final Worker worker = new Worker(
            0,
            SimSettings.of("confused"),
            new GeoTables(GeoTable.empty()),
            new UserBudget(1_000_000),
            () -> 1,
            new Confusing(new SimClients(kafka)),
            kafka,
            kafka);

    private boolean hasLostItsPosition;
    private long readsAgain;

    @BeforeEach
    void hasBegun() {
        traffic.append(50);
        turnUntilDrained();
    }

    @Test
    void onePositionThatIsLostWhileALeaderChangesEndsNoWorker() {
        hasLostItsPosition = true;
        turnUntilTroubled();
        assertThat(worker.status().trouble()).contains("Cannot set a new position");

        traffic.append(50);
        turnUntilDrained();
        assertEachLoginCameOutOnce();
    }

    @Test
    void recordsThatAreHandedOverAgainAreNotJudgedAgain() {
        readsAgain = 7;
        turnUntilTroubled();
        assertThat(worker.status().trouble()).contains("user-login-0", "again");

        traffic.append(50);
        turnUntilDrained();
        assertEachLoginCameOutOnce();
    }

    private void assertEachLoginCameOutOnce() {
        turn(200);
        assertThat(worker.status().state()).isEqualTo(WorkerState.RUNNING);
        new SimChecker(kafka, INPUT).check(PROCESSED, DEAD_LETTERS, STATISTICS);
    }

    private void turnUntilTroubled() {
        for (int i = 0; i < 300 && worker.status().state() != WorkerState.TROUBLED; i++) {
            turn(1);
        }
    }

    private void turnUntilDrained() {
        for (int i = 0; i < 2000 && !kafka.isDrained(INPUT); i++) {
            turn(1);
        }
        assertThat(kafka.isDrained(INPUT)).isTrue();
    }

    private void turn(int times) {
        for (int i = 0; i < times; i++) {
            kafka.pass(100);
            worker.turn();
        }
    }

    /** Once, when it is told to. */
    private void confuse(Consumer<?, ?> consumer) {
        if (hasLostItsPosition) {
            hasLostItsPosition = false;
            throw new IllegalStateException("Cannot set a new position without a valid current position");
        }
        if (readsAgain > 0) {
            consumer.seek(INPUT_0, consumer.position(INPUT_0) - readsAgain);
            readsAgain = 0;
        }
    }

    private final class Confusing implements Clients {
        private final Clients sound;

        private Confusing(Clients sound) {
            this.sound = sound;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Consumer<byte[], ByteBuffer> inputConsumer(String clientId) {
            Consumer<byte[], ByteBuffer> consumer = sound.inputConsumer(clientId);
            return (Consumer<byte[], ByteBuffer>) Proxy.newProxyInstance(
                    Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("poll")) {
                            confuse(consumer);
                        }
                        try {
                            return method.invoke(consumer, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Consumer<byte[], byte[]> stateConsumer() {
            return sound.stateConsumer();
        }

        @Override
        public Producer<byte[], byte[]> producer(String transactionalId) {
            return sound.producer(transactionalId);
        }
    }
}
