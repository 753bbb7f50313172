package io.gatehouse.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One partition, looked at each second; its worker commits every 100 ms. */
class LagHistoryTest {
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final String SOMEBODY = "gatehouse-a-0 at /10.0.0.1";

    private final LagHistory history = new LagHistory(new LagRules(Duration.ofMillis(100)));
    private long nowNs;
    private long committed = 5_000;
    private long end = 5_000;
    private long open;
    private String owner = SOMEBODY;

    @Test
    void anIdleTopicIsOkAtFirstSightAndAYearLater() {
        assertThat(look().verdict()).isEqualTo(Verdict.OK);
        nowNs += Duration.ofDays(365).toNanos();
        assertThat(look().verdict()).isEqualTo(Verdict.OK);
        assertThat(look().secondsToDrain()).isZero();
    }

    @Test
    void lagAtFirstSightIsNotJudged() {
        end += 1_000_000;
        PartitionLag now = look();
        assertThat(now.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(now.lag()).isEqualTo(1_000_000);
        assertThat(now.secondsToDrain()).isNaN();
    }

    @Test
    void whatArrivesBetweenCommitsIsInFlight() {
        PartitionLag now = run(30, 1_000, 1_000, 400);
        assertThat(now.verdict()).isEqualTo(Verdict.OK);
        assertThat(now.inPerSecond()).isCloseTo(1_000, within(1.0));
        assertThat(now.secondsToDrain()).isCloseTo(0.4, within(0.01));
    }

    @Test
    void aLagThatIsWorkedOffIsOkAndDrainsInLagByGain() {
        end += 60_000;
        PartitionLag now = run(10, 1_000, 3_000, 0);
        assertThat(now.verdict()).isEqualTo(Verdict.OK);
        assertThat(now.secondsToDrain()).isCloseTo(40_000 / 2_000.0, within(0.1));
    }

    @Test
    void aLagThatNeitherGrowsNorShrinksIsOkAndNeverDrains() {
        end += 60_000;
        PartitionLag now = run(20, 1_000, 1_000, 0);
        assertThat(now.verdict()).isEqualTo(Verdict.OK);
        assertThat(now.secondsToDrain()).isInfinite();
    }

    @Test
    void aWorkerThatDoesHalfOfWhatArrivesFallsBehind() {
        PartitionLag now = run(10, 1_000, 500, 0);
        assertThat(now.verdict()).isEqualTo(Verdict.FALLING_BEHIND);
        assertThat(now.growthPerSecond()).isCloseTo(500, within(1.0));
        assertThat(now.secondsToDrain()).isInfinite();
    }

    @Test
    void aWorkerThatLacksThreeInAHundredFallsBehindOnceThatIsMoreThanNoise() {
        end += 10_000;
        assertThat(run(30, 1_000, 970, 0).verdict()).isEqualTo(Verdict.FALLING_BEHIND);
    }

    @Test
    void aBurstThatIsBeingWorkedOffIsNotFallingBehind() {
        run(15, 1_000, 1_000, 0);
        end += 200_000;
        run(4, 1_000, 10_000, 0);
        for (int second = 0; second < 15; second++) {
            assertThat(run(1, 1_000, 10_000, 0).verdict()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void aProducerThatSendsOnceInTenSecondsIsKeptUpWith() {
        for (int round = 0; round < 10; round++) {
            end += 10_000;
            assertThat(run(1, 0, 6_000, 0).verdict()).isIn(Verdict.OK, Verdict.UNKNOWN);
            committed = end;
            assertThat(run(9, 0, 0, 0).verdict()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void recordsThatWaitForTenSecondsWithoutACommitAreStalled() {
        run(10, 1_000, 1_000, 0);
        assertThat(run(9, 1_000, 0, 0).verdict()).isNotEqualTo(Verdict.STALLED);
        PartitionLag now = run(2, 1_000, 0, 0);
        assertThat(now.verdict()).isEqualTo(Verdict.STALLED);
        assertThat(now.outPerSecond()).isZero();
        assertThat(now.secondsToDrain()).isInfinite();
        assertThat(now.still()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        assertThat(run(1, 0, 1, 0).verdict()).isNotEqualTo(Verdict.STALLED);
    }

    @Test
    void aPartitionThatWasIdleIsNotStalledBeforeItsFirstRecordHasWaited() {
        run(60, 0, 0, 0);
        end += 1;
        assertThat(run(5, 0, 0, 0).verdict()).isEqualTo(Verdict.OK);
        assertThat(run(6, 0, 0, 0).verdict()).isEqualTo(Verdict.STALLED);
    }

    @Test
    void aWorkerThatCommitsSeldomIsGivenItsTime() {
        LagHistory seldom = new LagHistory(new LagRules(Duration.ofSeconds(5)));
        for (int second = 0; second < 14; second++) {
            seldom.add(new Sample(second * SECOND_NS, 0, 100 * second, 100 * second, SOMEBODY));
            assertThat(seldom.judge(0).verdict()).isNotEqualTo(Verdict.STALLED);
        }
    }

    @Test
    void anOwnerThatNeverCommitsAnythingStalls() {
        committed = Sample.NOTHING;
        assertThat(look().lag()).isEqualTo(-1);
        assertThat(run(11, 0, 0, 0).verdict()).isEqualTo(Verdict.STALLED);
    }

    @Test
    void aPartitionThatNeverHeldAnythingNeedsNoOffset() {
        committed = Sample.NOTHING;
        end = 0;
        assertThat(look().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aPartitionThatNobodyOwnsIsStoppedAtFirstSightWithLagAndWithout() {
        owner = null;
        assertThat(look().verdict()).isEqualTo(Verdict.STOPPED);
        end += 7;
        assertThat(look().verdict()).isEqualTo(Verdict.STOPPED);
        assertThat(look().secondsToDrain()).isInfinite();
    }

    @Test
    void aRebalanceIsNotAStop() {
        run(20, 1_000, 1_000, 0);
        owner = null;
        assertThat(run(9, 10, 0, 0).verdict()).isNotIn(Verdict.STOPPED, Verdict.STALLED);
        owner = SOMEBODY;
        assertThat(run(1, 1_000, 1_000, 0).verdict()).isNotEqualTo(Verdict.STOPPED);
        owner = null;
        assertThat(run(11, 10, 0, 0).verdict()).isEqualTo(Verdict.STOPPED);
    }

    @Test
    void whatAnOpenTransactionHoldsBackIsNotLate() {
        open = 500;
        PartitionLag now = run(60, 0, 0, 0);
        assertThat(now.verdict()).isEqualTo(Verdict.OK);
        assertThat(now.lag()).isZero();
        assertThat(now.open()).isEqualTo(500);
        assertThat(now.openFor()).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void offsetsThatAreMovedBackBeginANewHistory() {
        run(30, 1_000, 1_000, 0);
        committed = 0;
        assertThat(look().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(run(10, 0, 100, 0).secondsToDrain()).isCloseTo((end - committed) / 100.0, within(1.0));
    }

    /**
     * Goes on for some seconds at these rates.
     *
     * @param behind records of the rates that are sent and not yet committed when it is looked
     */
    private PartitionLag run(int seconds, long in, long out, long behind) {
        PartitionLag judged = null;
        for (int second = 0; second < seconds; second++) {
            nowNs += SECOND_NS;
            end += in;
            committed = Math.min(end, committed + out);
            history.add(new Sample(nowNs, committed, end + behind, end + behind + open, owner));
            judged = history.judge(3);
        }
        return judged;
    }

    private PartitionLag look() {
        return run(1, 0, 0, 0);
    }
}
