package io.gatehouse.app.watch;

import io.gatehouse.engine.lag.GroupMember;
import io.gatehouse.engine.lag.GroupView;
import io.gatehouse.engine.lag.LagReport;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.StableEnd;
import io.gatehouse.engine.lag.StageLag;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Reports as tests need them. */
final class Reports {
    private Reports() {}

    /** Of a keyed input, seen for ten seconds. */
    static LagReport of(PartitionLag... partitions) {
        GroupMember member = new GroupMember(
                "gatehouse-a-0",
                "/10.0.0.1",
                List.of(new TopicPartition("user-login", 1), new TopicPartition("user-login", 0)));
        return of(member, partitions);
    }

    static LagReport of(GroupMember member, PartitionLag... partitions) {
        GroupView group = new GroupView("gatehouse", "stable", List.of(member));
        return new LagReport(
                Duration.ofSeconds(10),
                List.of(new StageLag("judging", group, "user-login", List.of(partitions))),
                "processed-user-login",
                List.of(new StableEnd(0, 0, Duration.ZERO), new StableEnd(1, 12, Duration.ofSeconds(75))));
    }

    static LagReport empty() {
        GroupView group = new GroupView("gatehouse", "none", List.of());
        return new LagReport(
                Duration.ZERO,
                List.of(new StageLag("judging", group, "user-login", List.of())),
                "processed-user-login",
                List.of());
    }
}
