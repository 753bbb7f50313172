package io.gatehouse.engine.lag;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a partition has looked like of late, and what follows from it. Holds at most {@link #CAPACITY} samples of the last
 * half minute. A sample that lies before its predecessor (offsets moved back, a topic created again), or is the first with an
 * offset, begins a new history.
 */
final class LagHistory {
    /** One a second and some to spare; with more, the window is shorter. */
    static final int CAPACITY = 40;

    /** Long enough for a trend, short enough that what was mended is seen to be. */
    static final Duration WINDOW = Duration.ofSeconds(30);

    /** The part of what arrives by which lag may grow: a worker at its limit is told from one that keeps up. */
    static final double TOLERATED_LOSS = 0.01;

    private static final double SECOND_NS = 1e9;

    private final LagRules rules;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final StuckOffset stuck = new StuckOffset();
    private long stillSinceNs;
    private long ownerlessSinceNs;
    private boolean wasOwned;

    LagHistory(LagRules rules) {
        this.rules = rules;
    }

    /** Adds the youngest sample. */
    void add(Sample sample) {
        if (!samples.isEmpty() && !sample.continues(last())) {
            samples.clear();
            wasOwned = false;
        }
        if (samples.isEmpty() || last().committed() != sample.committed() || last().lag() == 0) {
            stillSinceNs = sample.atNs();
        }
        if (samples.isEmpty() || last().isOwned()) {
            ownerlessSinceNs = sample.atNs();
        }
        wasOwned |= sample.isOwned();
        samples.addLast(sample);
        while (samples.size() > CAPACITY || last().atNs() - first().atNs() > WINDOW.toNanos()) {
            samples.removeFirst();
        }
        stuck.look(sample.atNs(), sample.stableEnd(), sample.end());
    }

    /** The verdict on the youngest sample; there must be one. */
    PartitionLag judge(int partition) {
        Sample now = last();
        Verdict verdict = verdict();
        return new PartitionLag(
                partition,
                now.owner(),
                now.committed(),
                now.stableEnd(),
                now.lag(),
                now.open(),
                Duration.ofNanos(stuck.stuckNs()),
                inPerSecond(),
                outPerSecond(verdict),
                verdict,
                secondsToDrain(verdict),
                Duration.ofNanos(now.lag() == 0 ? 0 : stillNs()));
    }

    private Verdict verdict() {
        if (!last().isOwned() && isDeserted()) {
            return Verdict.STOPPED;
        }
        if (last().lag() == 0) {
            return Verdict.OK;
        }
        if (stillNs() >= rules.patience().toNanos()) {
            return last().isOwned() ? Verdict.STALLED : Verdict.UNKNOWN;
        }
        if (wasCaughtUp()) {
            return Verdict.OK;
        }
        if (!isTrend()) {
            return Verdict.UNKNOWN;
        }
        return hasGrown(first()) && hasGrown(middle()) ? Verdict.FALLING_BEHIND : Verdict.OK;
    }

    private boolean isDeserted() {
        return !wasOwned || last().atNs() - ownerlessSinceNs >= LagRules.TURNOVER.toNanos();
    }

    /** Whether there was a moment in the later half of the window when nothing was late. */
    private boolean wasCaughtUp() {
        return later().anyMatch(this::isInFlight);
    }

    /** What has stood still of late, and not long enough to be stalled, shows none. */
    private boolean isTrend() {
        return spanNs() >= rules.leastTrend().toNanos() && middle().committed() < last().committed();
    }

    private boolean hasGrown(Sample since) {
        long arrived = last().stableEnd() - since.stableEnd();
        double sawTooth = inPerSecond() * rules.commitInterval().toNanos() / SECOND_NS;
        return last().lag() - since.lag() > arrived * TOLERATED_LOSS + sawTooth;
    }

    private boolean isInFlight(Sample sample) {
        return sample.lag() >= 0
                && sample.lag() <= inPerSecond() * rules.inFlight().toNanos() / SECOND_NS;
    }

    private long stillNs() {
        return last().atNs() - stillSinceNs;
    }

    private long spanNs() {
        return last().atNs() - first().atNs();
    }

    private Sample first() {
        return samples.peekFirst();
    }

    private Sample last() {
        return samples.peekLast();
    }

    /** The first sample of the window's later half. */
    private Sample middle() {
        return later().findFirst().orElseThrow();
    }

    private Stream<Sample> later() {
        long middleNs = first().atNs() + spanNs() / 2;
        return samples.stream().filter(sample -> sample.atNs() >= middleNs);
    }

    /** Rates are those of the later half: when one changes, it shows within seconds. */
    private double inPerSecond() {
        return rate(Sample::stableEnd);
    }

    /** What stands still does so now, whatever the window has seen before. */
    private double outPerSecond(Verdict verdict) {
        if (!last().isBegun()) {
            return Double.NaN;
        }
        return verdict == Verdict.STALLED || verdict == Verdict.STOPPED ? 0 : rate(Sample::committed);
    }

    private double rate(ToLongFunction<Sample> offset) {
        Sample from = middle() == last() ? first() : middle();
        long passedNs = last().atNs() - from.atNs();
        return passedNs == 0
                ? Double.NaN
                : (offset.applyAsLong(last()) - offset.applyAsLong(from)) * SECOND_NS / passedNs;
    }

    private double secondsToDrain(Verdict verdict) {
        long lag = last().lag();
        if (lag == 0) {
            return 0;
        }
        if (verdict == Verdict.STALLED || verdict == Verdict.STOPPED) {
            return Double.POSITIVE_INFINITY;
        }
        double out = outPerSecond(verdict);
        if (lag < 0 || verdict == Verdict.UNKNOWN || Double.isNaN(out)) {
            return Double.NaN;
        }
        // What is in flight is replaced as it leaves: it takes as long as the records that are on their way now.
        double gain = isInFlight(last()) ? out : out - inPerSecond();
        return gain > 0 ? lag / gain : Double.POSITIVE_INFINITY;
    }
}
