package io.gatehouse.engine.replay;

import io.gatehouse.core.patch.Patched;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.deadletter.DeadLetter;
import io.gatehouse.engine.replay.ReplayCounts.Left;
import java.util.Optional;

/** Decides which letters are replayed, and as what. */
final class Selection {
    private final ReplayOrder order;
    private final String input;
    private final int inputPartitions;
    private final ReplayLog replayed;
    private final Verdicts verdicts;
    private final ReplayCounts counts;

    Selection(
            ReplayOrder order, EngineSettings settings, int inputPartitions, ReplayLog replayed, ReplayCounts counts) {
        this.order = order;
        this.input = settings.topics().input();
        this.inputPartitions = inputPartitions;
        this.replayed = replayed;
        this.verdicts = new Verdicts(settings.judge());
        this.counts = counts;
    }

    /** Empty when the letter is left; counted in either case. */
    Optional<Choice> choose(Letter letter, long nowMs) {
        Left why = reasonToLeave(letter);
        if (why != null) {
            counts.left(why);
            return Optional.empty();
        }
        Patched patched = order.patch().apply(letter.value());
        if (!patched.applies()) {
            counts.unpatchable(patched);
            return Optional.empty();
        }
        Cause verdict = verdicts.of(patched.value(), nowMs);
        counts.chosen(verdict);
        return Optional.of(new Choice(letter, patched.value(), verdict));
    }

    private Left reasonToLeave(Letter letter) {
        DeadLetter dead = letter.dead();
        if (replayed.contains(dead.record().partition(), dead.record().offset())) {
            return Left.REPLAYED_BEFORE;
        }
        if (!dead.source().topic().equals(input)) {
            return Left.OTHER_SOURCE;
        }
        if (dead.source().partition() >= inputPartitions) {
            return Left.NO_SUCH_PARTITION;
        }
        return dead.attempt() >= order.maxAttempts() ? Left.ATTEMPTS_USED_UP : null;
    }
}
