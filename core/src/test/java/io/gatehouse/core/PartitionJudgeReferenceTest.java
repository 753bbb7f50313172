package io.gatehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Session;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionJudgeReferenceTest {
    private static final int LOGINS = 15_000;
    private static final JudgeSettings SETTINGS = new JudgeSettings(4096, 30 * 60_000, 3 * 86_400_000L, 5 * 60_000);

    private final LastPublished published = new LastPublished();
    private long nowMs = 1_800_000_000_000L;

    private final ReferenceJudge reference = new ReferenceJudge(
            address -> null, new Settings(SETTINGS.maxEventBytes(), SETTINGS.sessionGapMs(), SETTINGS.retentionMs()));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void everyOutputIsWhatTheReferenceSays(long seed) {
        Random random = new Random(seed);
        RandomLogins logins = new RandomLogins(seed, SETTINGS, 2 + random.nextInt(300));
        try (PartitionJudge judge = judge(seed)) {
            judgeAndCompare(judge, logins, random, 0, LOGINS);
            compareSessions(judge);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6})
    void aPartitionRestoredFromItsJournalGoesOnAsIfNothingHadHappened(long seed) {
        Random random = new Random(seed);
        RandomLogins logins = new RandomLogins(seed, SETTINGS, 200);
        PartitionJudge judge = judge(seed);
        for (long offset = 0; offset < LOGINS; offset += 1_500) {
            judgeAndCompare(judge, logins, random, offset, 1_500);
            judge = restored(judge, seed + offset);
        }
        compareSessions(judge);
        judge.close();
    }

    /** When silence has closed all, whatever closed before and however often. */
    private void compareSessions(PartitionJudge judge) {
        published.awaitSilence(judge, SETTINGS, nowMs);
        List<Session> expected = Stream.concat(reference.closedSessions().stream(), reference.openSessions().stream())
                .toList();
        assertThat(published.sessions()).hasSameSizeAs(expected);
        for (Session session : expected) {
            LastPublished.Revision last = published.sessions().get(session.id());
            assertThat(last).as(session.toString()).isNotNull();
            long closedAtMs = Instant.parse(last.closedAt()).toEpochMilli();
            assertThat(text(last.value())).isEqualTo(text(session.value(last.number(), closedAtMs)));
        }
        assertThat(published.revisions()).as("revisions").isGreaterThan(expected.size());
        published.awaitSilence(judge, SETTINGS, nowMs + 3_600_000);
        assertThat(published.sessions()).hasSameSizeAs(expected);
    }

    private PartitionJudge restored(PartitionJudge judge, long seed) {
        PartitionJudge successor = judge(seed);
        judge.beginSweep();
        while (!judge.sweep(
                500,
                (bytes, from, length) ->
                        successor.restore(ByteBuffer.wrap(bytes, from, length), PartitionJudge.IMAGE_VERSION))) {}
        successor.restoreEventTime(judge.eventTimeMs());
        assertThat(successor.users()).isEqualTo(judge.users());
        assertThat(successor.liveImageBytes()).isEqualTo(judge.liveImageBytes());
        assertThat(successor.tally().activeSessions()).isEqualTo(judge.tally().activeSessions());
        judge.close();
        return successor;
    }

    private void judgeAndCompare(
            PartitionJudge judge, RandomLogins logins, Random random, long firstOffset, int count) {
        Batch batch = new Batch();
        long offset = firstOffset;
        long end = firstOffset + count;
        while (offset < end) {
            int size = (int) Math.min(1 + random.nextInt(Batch.CAPACITY), end - offset);
            for (int i = 0; i < size; i++) {
                batch.add(null, logins.next(), offset + i, -1);
            }
            // Now and then the partition falls idle.
            nowMs += random.nextInt(30) == 0 ? 40 * 60_000 : random.nextInt(5_000);
            judge.judge(batch, nowMs);
            judge.publish(nowMs, published);
            for (int i = 0; i < size; i++) {
                compare(batch, i, offset + i);
            }
            batch.clear();
            if (random.nextInt(3) == 0) {
                nowMs += random.nextInt(20_000);
                judge.publish(nowMs, published);
            }
            offset += size;
        }
    }

    private void compare(Batch batch, int index, long offset) {
        Verdict expected = reference.judge(batch.logins[index].value(), -1, "user-login", 3, offset);
        if (expected instanceof Verdict.Accepted accepted) {
            assertThat(text(batch.output(index))).as("offset %d", offset).isEqualTo(text(accepted.output(nowMs)));
            assertThat(text(batch.outputKey(index))).isEqualTo(accepted.userId());
        } else {
            assertThat(batch.reason(index).label()).isEqualTo(((Verdict.Refused) expected).reason());
            assertThat(batch.output(index)).isNull();
        }
    }

    private static PartitionJudge judge(long seed) {
        return new PartitionJudge(SETTINGS, GeoTable.empty(), new UserBudget(1_000_000), "user-login", 3, seed);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
