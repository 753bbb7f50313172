package io.gatehouse.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StuckOffsetTest {
    private final StuckOffset stuck = new StuckOffset();

    @Test
    void anEndThatNothingLiesBehindIsNotStuckHoweverLongItStands() {
        stuck.look(0, 100, 100);
        stuck.look(1_000, 100, 100);
        assertThat(stuck.stuckNs()).isZero();
    }

    @Test
    void itIsStuckSinceItWasFirstSeenToBeHeldBack() {
        stuck.look(0, 100, 100);
        stuck.look(10, 100, 120);
        stuck.look(30, 100, 130);
        assertThat(stuck.stuckNs()).isEqualTo(20);
    }

    @Test
    void openTransactionsThatFollowOneAnotherAreNotOne() {
        stuck.look(0, 100, 120);
        stuck.look(10, 120, 140);
        stuck.look(20, 140, 160);
        assertThat(stuck.stuckNs()).isZero();
    }

    @Test
    void itsEndIsSeen() {
        stuck.look(0, 100, 120);
        stuck.look(10, 100, 120);
        stuck.look(20, 120, 120);
        assertThat(stuck.stuckNs()).isZero();
    }
}
