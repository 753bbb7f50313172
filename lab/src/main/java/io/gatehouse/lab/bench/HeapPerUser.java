package io.gatehouse.lab.bench;

import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.lab.generate.LoginStream;
import io.gatehouse.lab.generate.StreamSettings;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Measures what remembering users takes: heap in use after a full collection, with users and without.
 *
 * @param users how many were remembered
 * @param heapBytes mean of all they take: records, index, what is unused in slabs
 * @param imageBytes mean length of their images
 */
public record HeapPerUser(long users, double heapBytes, double imageBytes) {
    private static final int LOGINS_PER_USER = 8;
    private static final Duration DAYS = Duration.ofDays(30);
    /** Of a user, by the contract. */
    private static final int MOST_DEVICES = 8;
    /** 2023-11-14. */
    private static final long FIRST_SECOND = 1_700_000_000;

    /**
     * Users of realistic traffic.
     *
     * @param population few of them log in so seldom that they are not among those remembered
     */
    public static HeapPerUser measure(int population) {
        return measure(judge -> judgeRealistic(judge, population, (long) LOGINS_PER_USER * population));
    }

    /** Users of whom as much is remembered as of any: each with as many devices as are. */
    public static HeapPerUser measureMostDevices(int population) {
        return measure(judge -> judgeManyDevices(judge, population));
    }

    private static HeapPerUser measure(Consumer<PartitionJudge> judging) {
        UserBudget budget = new UserBudget(Long.MAX_VALUE);
        try (PartitionJudge judge =
                new PartitionJudge(JudgeSettings.DEFAULTS, GeoTable.empty(), budget, "user-login", 0)) {
            long before = usedHeapBytes();
            judging.accept(judge);
            long after = usedHeapBytes();
            double users = judge.users();
            return new HeapPerUser(judge.users(), (after - before) / users, judge.liveImageBytes() / users);
        }
    }

    private static void judgeManyDevices(PartitionJudge judge, int population) {
        judgeAll(judge, (long) population * MOST_DEVICES, login -> {
            long user = login / MOST_DEVICES;
            long device = login % MOST_DEVICES;
            return ("{\"user_id\":\"" + new UUID(user, user) + "\",\"device_id\":\"" + new UUID(user, device)
                            + "\",\"app_version\":\"2.3.0\",\"timestamp\":" + (FIRST_SECOND + device) + "}")
                    .getBytes(StandardCharsets.UTF_8);
        });
    }

    private static void judgeRealistic(PartitionJudge judge, int population, long logins) {
        LoginStream stream = new LoginStream(StreamSettings.realistic(
                1, Instant.parse("2024-01-01T00:00:00Z"), DAYS.dividedBy(logins), population, 0));
        judgeAll(judge, logins, login -> stream.next().value());
    }

    private static void judgeAll(PartitionJudge judge, long logins, LongFunction<byte[]> values) {
        Batch batch = new Batch();
        Discarded published = new Discarded();
        for (long offset = 0; offset < logins; offset++) {
            batch.add(null, values.apply(offset), offset, -1);
            if (batch.isFull() || offset == logins - 1) {
                judge.judge(batch, offset);
                judge.publish(offset, published);
                judge.drainChanges((source, at, lengthBytes) -> {});
                batch.clear();
            }
        }
    }

    private static long usedHeapBytes() {
        long used = Long.MAX_VALUE;
        // A single collection may leave what only the next one finds unused.
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
