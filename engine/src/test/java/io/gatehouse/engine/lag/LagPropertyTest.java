package io.gatehouse.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a partition, some things are never said of it. */
class LagPropertyTest {
    private static final LagRules RULES = new LagRules(Duration.ofMillis(100));
    private static final int HISTORIES = 200;
    private static final int LOOKS = 200;

    static List<Long> seeds() {
        Random random = new Random();
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L, 4L));
        seeds.add(random.nextLong());
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomHistories(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            history(random);
        }
    }

    private static void history(Random random) {
        LagHistory history = new LagHistory(RULES);
        Course course = new Course(random);
        Sample before = null;
        for (int look = 0; look < LOOKS; look++) {
            Sample now = course.next();
            history.add(now);
            hold(history.judge(0), before, now);
            before = now;
        }
    }

    private static void hold(PartitionLag said, Sample before, Sample now) {
        Verdict verdict = said.verdict();
        if (now.lag() == 0) {
            assertThat(verdict).isIn(Verdict.OK, Verdict.STOPPED);
            assertThat(said.secondsToDrain()).isZero();
            assertThat(said.still()).isZero();
        }
        if (now.lag() < 0) {
            assertThat(verdict).isNotIn(Verdict.OK, Verdict.FALLING_BEHIND);
            assertThat(said.secondsToDrain()).matches(seconds -> seconds.isNaN() || seconds.isInfinite());
        }
        if (now.isOwned()) {
            assertThat(verdict).isNotEqualTo(Verdict.STOPPED);
        } else {
            assertThat(verdict).isNotEqualTo(Verdict.STALLED);
        }
        if (before != null && now.committed() > before.committed()) {
            assertThat(verdict).isNotEqualTo(Verdict.STALLED);
        }
        if (verdict == Verdict.STALLED) {
            assertThat(said.still()).isGreaterThanOrEqualTo(RULES.patience());
        }
        if (verdict == Verdict.FALLING_BEHIND) {
            assertThat(said.outPerSecond()).isPositive();
            assertThat(said.growthPerSecond()).isPositive();
        }
        if (said.secondsToDrain() > 0 && Double.isFinite(said.secondsToDrain())) {
            assertThat(said.outPerSecond()).isPositive();
        }
        assertThat(said.secondsToDrain() < 0).isFalse();
    }

    /** A partition that changes its ways now and then. */
    private static final class Course {
        private final Random random;
        private long atNs;
        private long committed;
        private long end = 1_000;
        private long in;
        private long out;
        private String owner = "somebody";

        Course(Random random) {
            this.random = random;
            committed = random.nextInt(4) == 0 ? Sample.NOTHING : random.nextInt(1_001);
        }

        Sample next() {
            if (random.nextInt(15) == 0) {
                in = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000);
                out = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000);
                owner = random.nextInt(4) == 0 ? null : "somebody";
            }
            if (random.nextInt(150) == 0) {
                committed = random.nextInt(2) == 0 ? Sample.NOTHING : random.nextInt((int) end);
            }
            atNs += Duration.ofMillis(200 + random.nextInt(5_000)).toNanos();
            end += in;
            committed = out == 0 ? committed : Math.min(end, Math.max(0, committed) + out);
            return new Sample(atNs, committed, end, end + random.nextInt(3), owner);
        }
    }
}
