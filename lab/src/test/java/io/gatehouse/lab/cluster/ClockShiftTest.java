package io.gatehouse.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gatehouse.lab.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClockShiftTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration START_OF_A_JVM = Duration.ofSeconds(30);
    private static final long WAIT_MS = 300;

    /** A timer may be early by less than it counts in. */
    private static final long SHORTEST_WAIT_MS = WAIT_MS - 2;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void theWallClockIsShiftedAndNoOther(int hours) throws Exception {
        Duration shift = Duration.ofHours(hours);
        long wallMs = System.currentTimeMillis();
        long monotonicNs = System.nanoTime();
        Answers answers = ask(environment(shift));
        assertThat(answers.wallMs() - wallMs).isCloseTo(shift.toMillis(), within(START_OF_A_JVM.toMillis()));
        assertThat(answers.monotonicNs() - monotonicNs).isBetween(0L, START_OF_A_JVM.toNanos());
        assertThat(answers.waitsMs()).hasSize(3).allMatch(wait -> wait >= SHORTEST_WAIT_MS && wait < 10 * WAIT_MS);
    }

    private static Map<String, String> environment(Duration shift) {
        try {
            return ClockShift.environment(shift);
        } catch (FaultImpossible e) {
            return abort("left out: " + e.getMessage());
        }
    }

    private Answers ask(Map<String, String> environment) throws Exception {
        Path output = directory.resolve("clocks");
        try (ChildProcess child = new ChildProcess("clocks", output)) {
            child.environment(environment);
            child.start(ChildProcess.java(List.of(), Clocks.class));
            assertThat(child.awaitEnd(PATIENCE)).isTrue();
        }
        List<Long> numbers = Stream.of(Files.readString(output).strip().split(" "))
                .map(Long::valueOf)
                .toList();
        return new Answers(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size()));
    }

    /** @param waitsMs how long waits of {@link #WAIT_MS} took */
    private record Answers(long wallMs, long monotonicNs, List<Long> waitsMs) {}

    /** Tells both clocks, and how long waits take in the ways that Java has. */
    static final class Clocks {
        public static void main(String[] none) throws InterruptedException {
            System.out.print(System.currentTimeMillis() + " " + System.nanoTime());
            long beforeParkNs = System.nanoTime();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WAIT_MS));
            tellSince(beforeParkNs);
            Object monitor = new Object();
            long beforeWaitNs = System.nanoTime();
            synchronized (monitor) {
                monitor.wait(WAIT_MS);
            }
            tellSince(beforeWaitNs);
            long beforeTimeoutNs = System.nanoTime();
            new CompletableFuture<>()
                    .completeOnTimeout(null, WAIT_MS, TimeUnit.MILLISECONDS)
                    .join();
            tellSince(beforeTimeoutNs);
            System.out.println();
        }

        private static void tellSince(long sinceNs) {
            System.out.print(" " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNs));
        }
    }
}
