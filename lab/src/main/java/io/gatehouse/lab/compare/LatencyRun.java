package io.gatehouse.lab.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.generate.GeneratorHeaders;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Logins at a fixed rate, and how long after each was due a reader of committed results has its result. A login is due by
 * the clock, whether or not those before it have been sent: what is late for somebody else's slowness counts as late.
 */
final class LatencyRun {
    private static final long SEED = 1;
    private static final Duration POLL = Duration.ofMillis(100);
    /** Beyond the time that the traffic takes. */
    private static final Duration DONE_WITHIN = Duration.ofSeconds(60);

    private final Contestant contestant;
    private final Ground ground;
    private final int users;
    private final double rate;

    LatencyRun(Contestant contestant, Ground ground, int users, double rate) {
        this.contestant = contestant;
        this.ground = ground;
        this.users = users;
        this.rate = rate;
    }

    /** @throws ProcessException when not all results come */
    Latencies run(Timing timing) throws InterruptedException, IOException {
        long warmUp = (long) (rate * timing.warmUp().toSeconds());
        int counted = (int) (rate * timing.counted().toSeconds());
        StreamSettings stream =
                StreamSettings.realistic(SEED, Instant.now(), Duration.ofNanos((long) (1e9 / rate)), users, 0);
        try (Crew crew = Crew.start(contestant, ground);
                KafkaConsumer<byte[], byte[]> results = Committed.reader(ground, ground.processed());
                GeneratorRun run = GeneratorRun.start(
                        stream,
                        Map.of("bootstrap.servers", ground.bootstrap(), "linger.ms", "0"),
                        ground.input(),
                        "latency",
                        rate,
                        warmUp + counted)) {
            long[] micros = new long[counted];
            int taken = 0;
            long deadlineNs = System.nanoTime()
                    + timing.warmUp().plus(timing.counted()).plus(DONE_WITHIN).toNanos();
            while (taken < counted) {
                for (ConsumerRecord<byte[], byte[]> result : results.poll(POLL)) {
                    long number = Long.parseLong(new String(
                            result.headers().lastHeader(GeneratorHeaders.SEQ).value(), UTF_8));
                    if (number >= warmUp) {
                        micros[taken++] = (System.nanoTime() - run.dueNs(number)) / 1_000;
                    }
                }
                crew.mustLive();
                if (run.failure() != null || System.nanoTime() > deadlineNs) {
                    throw new ProcessException(contestant.name() + " gives " + taken + " of " + counted
                            + " results in time at " + rate + " events/s");
                }
            }
            crew.stop();
            Arrays.sort(micros);
            return new Latencies(micros);
        }
    }
}
