package io.gatehouse.app;

import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.Verdict;
import java.time.Duration;

/** Lags as tests need them. */
public final class Lags {
    private static final String OWNER = "gatehouse-a-0 at /10.0.0.1";

    private Lags() {}

    public static PartitionLag ok(int partition) {
        return of(partition, OWNER, 0, 200, 200, Verdict.OK, 0, Duration.ZERO);
    }

    public static PartitionLag draining(int partition) {
        return of(partition, OWNER, 12_400, 200, 300, Verdict.OK, 124, Duration.ZERO);
    }

    public static PartitionLag fallingBehind(int partition) {
        return of(partition, OWNER, 12_400, 500, 200, Verdict.FALLING_BEHIND, Double.POSITIVE_INFINITY, Duration.ZERO);
    }

    public static PartitionLag stalled(int partition) {
        return of(partition, OWNER, 12_400, 500, 0, Verdict.STALLED, Double.POSITIVE_INFINITY, Duration.ofSeconds(45));
    }

    public static PartitionLag stopped(int partition) {
        return of(partition, null, 7, 0, 0, Verdict.STOPPED, Double.POSITIVE_INFINITY, Duration.ofSeconds(9));
    }

    public static PartitionLag unknown(int partition) {
        return of(partition, OWNER, 7, Double.NaN, Double.NaN, Verdict.UNKNOWN, Double.NaN, Duration.ZERO);
    }

    public static PartitionLag ownedBy(String owner) {
        return of(0, owner, 0, 200, 200, Verdict.OK, 0, Duration.ZERO);
    }

    private static PartitionLag of(
            int partition,
            String owner,
            long lag,
            double in,
            double out,
            Verdict verdict,
            double secondsToDrain,
            Duration still) {
        return new PartitionLag(
                partition,
                owner,
                100_000,
                100_000 + lag,
                lag,
                0,
                Duration.ZERO,
                in,
                out,
                verdict,
                secondsToDrain,
                still);
    }
}
