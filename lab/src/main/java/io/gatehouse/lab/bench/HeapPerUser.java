package io.gatehouse.lab.bench;

import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.lab.generate.GeneratedRecord;
import io.gatehouse.lab.generate.LoginStream;
import io.gatehouse.lab.generate.StreamSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/**
 * Measures what remembering users takes: heap in use after a full collection, with the users of realistic traffic and
 * without.
 *
 * @param users how many were remembered
 * @param heapBytes mean of all they take: records, index, what is unused in slabs
 * @param imageBytes mean length of their images
 */
public record HeapPerUser(long users, double heapBytes, double imageBytes) {
    private static final int LOGINS_PER_USER = 8;
    private static final Duration DAYS = Duration.ofDays(30);

    /** @param population users of the realistic profile; few of them log in so seldom that they are not among those remembered */
    public static HeapPerUser measure(int population) {
        UserBudget budget = new UserBudget(Long.MAX_VALUE);
        try (PartitionJudge judge =
                new PartitionJudge(JudgeSettings.DEFAULTS, GeoTable.empty(), budget, "user-login", 0)) {
            long before = usedHeapBytes();
            long logins = (long) LOGINS_PER_USER * population;
            judgeRealistic(judge, population, logins);
            long after = usedHeapBytes();
            double users = judge.users();
            return new HeapPerUser(judge.users(), (after - before) / users, judge.liveImageBytes() / users);
        }
    }

    private static void judgeRealistic(PartitionJudge judge, int population, long logins) {
        LoginStream stream = new LoginStream(StreamSettings.realistic(
                1, Instant.parse("2024-01-01T00:00:00Z"), DAYS.dividedBy(logins), population, 0));
        Batch batch = new Batch();
        Discarded published = new Discarded();
        for (long offset = 0; offset < logins; offset++) {
            GeneratedRecord record = stream.next();
            batch.add(record.key(), record.value(), offset, -1);
            if (batch.isFull()) {
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
