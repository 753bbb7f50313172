package io.gatehouse.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Glimpse;
import io.gatehouse.core.login.Platform;
import io.gatehouse.core.login.Reason;
import io.gatehouse.engine.deadletter.DeadLetter;
import io.gatehouse.engine.replay.LetterStatistics.Group;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LetterStatisticsTest {
    private final LetterStatistics statistics = new LetterStatistics();

    @Test
    void lettersOfOneCauseAndOneAppAreAGroupWithItsFirstAndLast() {
        add("4.2.1", Platform.IOS, 2_000);
        add("4.2.1", Platform.IOS, 1_000);
        add("4.2.1", Platform.ANDROID, 1_500);
        add(null, Platform.UNKNOWN, 3_000);
        add("4.2.1", Platform.IOS, 1_200);
        Cause cause = new Cause(Reason.MISSING_FIELD, Field.USER_ID);
        assertThat(statistics.letters()).isEqualTo(5);
        assertThat(statistics.groups())
                .containsExactly(
                        new Group(cause, Platform.IOS, "4.2.1", 3, 1_000, 2_000),
                        new Group(cause, Platform.ANDROID, "4.2.1", 1, 1_500, 1_500),
                        new Group(cause, Platform.UNKNOWN, null, 1, 3_000, 3_000));
        assertThat(statistics.groups().get(2).isOfOneVersion()).isFalse();
    }

    @Test
    void versionsBeyondAThousandAreCountedTogether() {
        for (int i = 0; i < 5_000; i++) {
            add("v" + i, Platform.WEB, i);
        }
        Group others = statistics.groups().get(0);
        assertThat(statistics.groups()).hasSize(1_001);
        assertThat(others.version()).isEqualTo(LetterStatistics.OTHER_VERSIONS);
        assertThat(others.letters()).isEqualTo(4_000);
        assertThat(others.isOfOneVersion()).isFalse();
    }

    private void add(String version, Platform platform, long failedAtMs) {
        DeadLetter dead = new DeadLetter(
                new ConsumerRecord<>("user-login-dlq", 1, 5, null, null),
                Reason.MISSING_FIELD,
                Field.USER_ID,
                new DeadLetter.Source("user-login", 3, 77, 5),
                failedAtMs,
                1);
        statistics.add(new Letter(dead, new Glimpse(version, platform)));
    }
}
