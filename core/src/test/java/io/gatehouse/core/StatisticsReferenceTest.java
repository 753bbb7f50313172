package io.gatehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.reference.CaseBook;
import io.gatehouse.reference.Checker;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition's statistics over a seeded stream, published now and then, with restarts and sweeps in between. */
class StatisticsReferenceTest {
    private static final int LOGINS = 12_000;
    private static final int PARTITION = 3;
    private static final long FIRST_RECORD_MS = 1_800_000_000_000L;
    private static final CaseBook BOOK = CaseBook.read(Path.of("..", "cases"));
    private static final GeoTable GEO = CasePlaces.compile(BOOK);
    /** Another table of the same places, as after a change of the file. */
    private static final GeoTable SAME_GEO = CasePlaces.compile(BOOK);

    private final LastPublished publications = new LastPublished();
    private final List<byte[]> journal = new ArrayList<>();
    private final Batch batch = new Batch();
    private ReferenceJudge reference;
    private JudgeSettings settings;
    private PartitionJudge judge;
    private RandomLogins logins;
    private Random random;
    private long offset;
    private long recordMs = FIRST_RECORD_MS;
    private long nowMs = 1_900_000_000_000L;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsPublishedInTheEndIsWhatTheReferenceCounts(long seed) {
        random = new Random(seed);
        long windowMs = random.nextBoolean() ? 60_000 : 7 * 60_000 + random.nextInt(4 * 3_600_000);
        settings = new JudgeSettings(
                4096, 30 * 60_000, 3 * 86_400_000L, 300_000, true, FieldNames.DEFAULTS, windowMs, 5_000, true, true);
        reference = new ReferenceJudge(
                BOOK.places(),
                new Settings(4096, settings.sessionGapMs(), settings.retentionMs(), 300_000, windowMs, true));
        logins = new RandomLogins(seed, settings, 2 + random.nextInt(300));
        judge = judge();
        while (offset < LOGINS) {
            transact();
            if (random.nextInt(8) == 0) {
                restart();
            }
        }
        publications.awaitSilence(judge, settings, nowMs);
        judge.close();

        Map<String, String> expected = reference.statistics(PARTITION);
        assertThat(publications.statistics()).containsOnlyKeys(expected.keySet());
        expected.forEach((key, value) -> assertThat(Checker.differencesInStatistics(
                        value, publications.statistics().get(key)))
                .as(key)
                .isEmpty());
        assertThat(publications.sessionsCounted())
                .isEqualTo(publications.sessions().size())
                .isEqualTo(reference.closedSessions().size()
                        + reference.openSessions().size());
    }

    /** Some batches, and what is written with them. */
    private void transact() {
        if (random.nextInt(6) == 0) {
            sweep();
        }
        for (int batches = random.nextInt(3); batches >= 0; batches--) {
            judgeBatch();
            judge.publish(nowMs, publications);
        }
        judge.drainChanges(this::journal);
        nowMs += random.nextInt(3_000);
    }

    private void judgeBatch() {
        batch.clear();
        for (int i = random.nextInt(Batch.CAPACITY); i >= 0; i--) {
            byte[] value = logins.next();
            recordMs += random.nextInt(20) == 0 ? 60_000L * random.nextInt(12) : 0;
            long timestampMs = random.nextInt(5) == 0 ? -1 : recordMs - random.nextInt(900_000);
            batch.add(null, value, offset, timestampMs);
            reference.judge(value, timestampMs, "user-login", PARTITION, offset++);
        }
        judge.judge(batch, nowMs);
    }

    private void sweep() {
        judge.beginSweep();
        // What the round writes is enough: all before it is deleted.
        journal.clear();
        while (!judge.sweep(2_000, this::journal)) {}
    }

    private void restart() {
        PartitionJudge successor = judge();
        journal.forEach(image -> successor.restore(ByteBuffer.wrap(image), PartitionJudge.IMAGE_VERSION));
        successor.restoreEventTime(judge.eventTimeMs());
        judge.close();
        judge = successor;
    }

    private PartitionJudge judge() {
        GeoTable geo = random.nextBoolean() ? GEO : SAME_GEO;
        return new PartitionJudge(settings, geo, new UserBudget(1_000_000), "user-login", PARTITION, random.nextLong());
    }

    private void journal(byte[] source, int from, int lengthBytes) {
        journal.add(
                ByteBuffer.allocate(lengthBytes).put(source, from, lengthBytes).array());
    }
}
