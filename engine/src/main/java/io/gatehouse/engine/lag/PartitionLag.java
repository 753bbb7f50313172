package io.gatehouse.engine.lag;

import java.time.Duration;

/**
 * A partition's lag and what it means.
 *
 * @param owner who has the partition, in words; null for nobody
 * @param committed the group's committed offset; -1 when it has none
 * @param stableEnd the end that a reader of committed records sees
 * @param lag records between both; -1 when not known
 * @param open records behind that end, of transactions that are not settled
 * @param openFor how long the first of them has held that end back; zero when nothing does
 * @param inPerSecond records that arrive, over the window's later half; NaN when not known
 * @param outPerSecond records committed, over the window's later half; NaN when not known
 * @param secondsToDrain until nothing waits, at these rates; 0 when nothing does, infinite for never, NaN when not known
 * @param still how long the committed offset has stood still while records waited; zero when it moves or nothing waits
 */
public record PartitionLag(
        int partition,
        String owner,
        long committed,
        long stableEnd,
        long lag,
        long open,
        Duration openFor,
        double inPerSecond,
        double outPerSecond,
        Verdict verdict,
        double secondsToDrain,
        Duration still) {

    /** Records by which the lag grows each second, negative when it shrinks; NaN when not known. */
    public double growthPerSecond() {
        return inPerSecond - outPerSecond;
    }
}
