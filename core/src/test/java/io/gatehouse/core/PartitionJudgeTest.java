package io.gatehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.core.tally.TallySnapshot;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionJudgeTest {
    private static final JudgeSettings WITHOUT_PUBLICATIONS = settings(true, false);
    private static final JudgeSettings WITHOUT_MEMORY = settings(false, true);

    private static JudgeSettings settings(boolean memory, boolean publications) {
        JudgeSettings contract = JudgeSettings.DEFAULTS;
        return new JudgeSettings(
                contract.maxEventBytes(),
                contract.sessionGapMs(),
                contract.retentionMs(),
                contract.sessionsLatenessMs(),
                memory,
                contract.fieldNames(),
                contract.statsWindowMs(),
                contract.statsPublishIntervalMs(),
                publications,
                publications);
    }

    private static final long NOW_MS = 1_709_971_626_054L;
    private static final String OF_SOMEBODY = "{\"user_id\":\"somebody\",\"timestamp\":1709726400}";

    private final Batch batch = new Batch();
    private final Story story = new Story();

    @Test
    void theWholeOutputIsTheEventAndTheContractsFieldsInTheirOrder() {
        try (PartitionJudge judge = judge("the \"topic\"\\\t😀", 5)) {
            add(
                    "somebody",
                    " {\"user_id\" : \"somebody\",\n\"timestamp\":\"1709726400001\", \"x\":1e400 , "
                            + "\"app_version\":\"v1.2.3-beta\",\"ip\":\"10.1.2.3\",\"device_type\":\"iOS\" } \n");
            judge.judge(batch, NOW_MS);
        }
        assertThat(new String(batch.output(0), UTF_8))
                .isEqualTo(
                        "{\"user_id\" : \"somebody\",\n\"timestamp\":\"1709726400001\", \"x\":1e400 , "
                                + "\"app_version\":\"v1.2.3-beta\",\"ip\":\"10.1.2.3\",\"device_type\":\"iOS\""
                                + ",\"enrichment\":{\"schema_version\":1,\"event_time\":\"2024-03-06T12:00:00.001Z\""
                                + ",\"processed_timestamp\":\"2024-03-09T08:07:06.054Z\",\"processing_delay_ms\":245226053"
                                + ",\"hour_of_day\":12,\"day_of_week\":\"Wednesday\",\"is_weekend\":false"
                                + ",\"ip_category\":\"private\",\"geo\":null"
                                + ",\"device\":{\"platform\":\"ios\",\"is_new\":false,\"known_devices\":0}"
                                + ",\"version\":{\"major\":1,\"minor\":2,\"patch\":3,\"change\":\"first\"}"
                                + ",\"session\":{\"id\":\"9edc551ef745c9e2\",\"is_new\":true,\"number\":1,\"login\":1"
                                + ",\"started_at\":\"2024-03-06T12:00:00.001Z\",\"gap_seconds\":null}"
                                + ",\"is_late\":false,\"is_duplicate\":false"
                                + ",\"risk\":{\"score\":0,\"level\":\"none\",\"signals\":[]}"
                                + ",\"source\":{\"topic\":\"the \\\"topic\\\"\\\\\\u0009\\ud83d\\ude00\",\"partition\":5,\"offset\":100}}}");
    }

    @Test
    void theOutputKeyIsTheRecordsOwnWhereThatIsTheUser() {
        byte[] own = "somebody".getBytes(UTF_8);
        try (PartitionJudge judge = judge("user-login", 0)) {
            batch.add(own, OF_SOMEBODY.getBytes(UTF_8), 0, -1);
            batch.add("else".getBytes(UTF_8), OF_SOMEBODY.getBytes(UTF_8), 1, -1);
            batch.add(null, OF_SOMEBODY.getBytes(UTF_8), 2, -1);
            judge.judge(batch, NOW_MS);
        }
        assertThat(batch.outputKey(0)).isSameAs(own);
        assertThat(batch.outputKey(1)).isEqualTo(own);
        assertThat(batch.outputKey(2)).isEqualTo(own);
    }

    @Test
    void withoutMemoryNothingIsPublishedAlsoOfWindowsThatHaveClosed() {
        LastPublished published = new LastPublished();
        try (PartitionJudge judge =
                new PartitionJudge(WITHOUT_MEMORY, GeoTable.empty(), new UserBudget(10), "user-login", 0)) {
            for (int day = 0; day < 3; day++) {
                add(null, "{\"user_id\":\"somebody\",\"timestamp\":" + (1_709_726_400 + day * 86_400) + "}");
                batch.add(null, null, 102, NOW_MS);
                judge.judge(batch, NOW_MS);
                judge.publish(NOW_MS, published);
                batch.clear();
            }
            judge.publishAll(published);
            assertThat(judge.tally().accepted()).isEqualTo(3);
        }
        assertThat(published.statistics()).isEmpty();
    }

    @Test
    void withoutPublicationsNothingIsPublishedAndAllIsToldAsWithThem() {
        List<String> told = judgeDays(JudgeSettings.DEFAULTS, new LastPublished());
        LastPublished published = new LastPublished();
        assertThat(judgeDays(WITHOUT_PUBLICATIONS, published)).isEqualTo(told);
        assertThat(published.statistics()).isEmpty();
        assertThat(published.sessions()).isEmpty();
    }

    /** A user's logins on three days, then silence. */
    private List<String> judgeDays(JudgeSettings settings, LastPublished published) {
        List<String> told = new ArrayList<>();
        try (PartitionJudge judge =
                new PartitionJudge(settings, GeoTable.empty(), new UserBudget(10), "user-login", 0)) {
            for (int day = 0; day < 3; day++) {
                add(null, "{\"user_id\":\"somebody\",\"timestamp\":" + (1_709_726_400 + day * 86_400) + "}");
                batch.add(null, null, 102, NOW_MS);
                judge.judge(batch, NOW_MS);
                judge.publish(NOW_MS, published);
                told.add(new String(batch.output(0), UTF_8));
                batch.clear();
            }
            published.awaitSilence(judge, settings, NOW_MS);
        }
        return told;
    }

    @Test
    void aSessionIsPublishedAsWasHeldWhenItBegan() {
        LastPublished published = new LastPublished();
        List<byte[]> journal = new ArrayList<>();
        try (PartitionJudge without = judge(WITHOUT_PUBLICATIONS)) {
            judgeLogin(without, 0);
            without.publish(NOW_MS, published);
            drain(without, journal);
        }
        try (PartitionJudge with = judge(JudgeSettings.DEFAULTS)) {
            restore(with, journal, 0);
            judgeLogin(with, 60);
            judgeLogin(with, 7_200);
            published.awaitSilence(with, JudgeSettings.DEFAULTS, NOW_MS);
        }
        assertThat(published.sessionValues())
                .singleElement()
                .satisfies(session -> assertThat(new String(session, UTF_8)).contains("\"number\":2,"));
        assertThat(published.sessionsCounted()).isEqualTo(1);
    }

    @Test
    void whatIsSwitchedOffPublishesNothingOfWhatWasBegunBeforeAndNothingWrongWhenItIsOnAgain() {
        LastPublished published = new LastPublished();
        List<byte[]> journal = new ArrayList<>();
        try (PartitionJudge with = judge(JudgeSettings.DEFAULTS)) {
            judgeLogin(with, 0);
            published.awaitSilence(with, JudgeSettings.DEFAULTS, NOW_MS);
            judgeLogin(with, 7_200);
            drain(with, journal);
        }
        assertThat(published.revisions()).isEqualTo(1);

        LastPublished nothing = new LastPublished();
        try (PartitionJudge without = judge(WITHOUT_PUBLICATIONS)) {
            restore(without, journal, 7_200);
            judgeLogin(without, 7_260);
            nothing.awaitSilence(without, JudgeSettings.DEFAULTS, NOW_MS);
            judgeLogin(without, 14_400);
            nothing.awaitSilence(without, JudgeSettings.DEFAULTS, NOW_MS);
            drain(without, journal);
        }
        assertThat(nothing.sessions()).isEmpty();
        assertThat(nothing.statistics()).isEmpty();

        try (PartitionJudge again = judge(JudgeSettings.DEFAULTS)) {
            restore(again, journal, 14_400);
            judgeLogin(again, 14_460);
            judgeLogin(again, 21_600);
            published.awaitSilence(again, JudgeSettings.DEFAULTS, NOW_MS);
        }
        assertThat(published.sessionValues())
                .extracting(session -> new String(session, UTF_8))
                .satisfiesExactly(first -> assertThat(first).contains("\"number\":1,"), last -> assertThat(last)
                        .contains("\"number\":4,", "\"logins\":1,"));
    }

    @Test
    void aLateLoginWhileSessionsAreOffIsToldWithTheNextRevisionAfterwards() {
        LastPublished published = new LastPublished();
        List<byte[]> journal = new ArrayList<>();
        try (PartitionJudge with = judge(JudgeSettings.DEFAULTS)) {
            judgeLogin(with, 0);
            published.awaitSilence(with, JudgeSettings.DEFAULTS, NOW_MS);
            drain(with, journal);
        }
        try (PartitionJudge without = judge(WITHOUT_PUBLICATIONS)) {
            restore(without, journal, 0);
            judgeLogin(without, 60);
            published.awaitSilence(without, JudgeSettings.DEFAULTS, NOW_MS);
            drain(without, journal);
        }
        assertThat(published.revisions()).isEqualTo(1);
        try (PartitionJudge again = judge(JudgeSettings.DEFAULTS)) {
            restore(again, journal, 60);
            judgeLogin(again, 120);
            published.awaitSilence(again, JudgeSettings.DEFAULTS, NOW_MS);
        }
        assertThat(published.sessionValues()).singleElement().satisfies(session -> assertThat(
                        new String(session, UTF_8))
                .contains("\"revision\":2,", "\"logins\":3,"));
        assertThat(published.sessionsCounted()).isEqualTo(1);
    }

    private static void drain(PartitionJudge judge, List<byte[]> journal) {
        judge.drainChanges((bytes, from, length) -> journal.add(Arrays.copyOfRange(bytes, from, from + length)));
    }

    private static void restore(PartitionJudge judge, List<byte[]> journal, int seconds) {
        journal.forEach(image -> judge.restore(ByteBuffer.wrap(image), PartitionJudge.IMAGE_VERSION));
        judge.restoreEventTime((1_709_726_400L + seconds) * 1000);
    }

    private void judgeLogin(PartitionJudge judge, int seconds) {
        add(null, "{\"user_id\":\"somebody\",\"timestamp\":" + (1_709_726_400 + seconds) + "}");
        judge.judge(batch, NOW_MS);
        batch.clear();
    }

    @Test
    void aRefusedEventHasAReasonAndNoOutputAndNoneOfTheOthersMinds() {
        try (PartitionJudge judge = judge("user-login", 0)) {
            add(null, OF_SOMEBODY);
            add(null, "{\"user_id\":\"somebody\",\"timestamp\":1709726401,\"ip\":\"here\"}");
            batch.add(null, null, 102, -1);
            add(null, OF_SOMEBODY);
            judge.judge(batch, NOW_MS);

            assertThat(batch.isAccepted(0)).isTrue();
            assertThat(batch.reason(1)).isEqualTo(Reason.INVALID_IP);
            assertThat(batch.field(1).label()).isEqualTo("ip");
            assertThat(batch.reason(2)).isEqualTo(Reason.EMPTY_VALUE);
            assertThat(batch.field(2)).isNull();
            assertThat(batch.output(1)).isNull();
            assertThat(batch.outputKey(2)).isNull();
            assertThat(new String(batch.output(3), UTF_8)).contains("\"is_duplicate\":true");
            assertThat(judge.tally().refused()).containsOnly(Map.entry("empty_value", 1L), Map.entry("invalid_ip", 1L));
        }
    }

    @Test
    void aFullBatchTakesNoMore() {
        for (int i = 0; i < Batch.CAPACITY; i++) {
            assertThat(batch.isFull()).isFalse();
            add(null, OF_SOMEBODY);
        }
        assertThat(batch.isFull()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> add(null, OF_SOMEBODY));
        batch.clear();
        assertThat(batch.size()).isZero();
    }

    @Test
    void theTallyCountsWhatWasJudged() {
        story.login(0).with("device_type", "iOS").with("app_version", "1.0").told();
        story.login(0).with("device_type", "iOS").with("app_version", "1.0").told();
        story.login(40).with("device_type", "web").with("app_version", "1.1").told();
        story.login(39).with("user_id", "another").told();
        story.login(30).with("user_id", "another").told();

        TallySnapshot tally = story.judge().tally();

        assertThat(tally.accepted()).isEqualTo(5);
        assertThat(tally.newUsers()).isEqualTo(2);
        assertThat(tally.sessionsStarted()).isEqualTo(3);
        assertThat(tally.activeSessions()).isEqualTo(2);
        assertThat(tally.late()).isEqualTo(1);
        assertThat(tally.duplicates()).isEqualTo(1);
    }

    @Test
    void aSweepForgetsAUserAfterTwiceTheRetention() {
        story.login(0).told();
        story.login(Duration.ofDays(180)).with("user_id", "another").told();
        sweep();
        assertThat(story.judge().users()).isEqualTo(2);

        story.login(Duration.ofDays(181)).with("user_id", "another").told();
        story.judge().publish(NOW_MS, Publications.NOWHERE);
        story.judge().publish(NOW_MS + 60_000, Publications.NOWHERE);
        List<byte[]> images = sweep();

        assertThat(story.judge().users()).isEqualTo(1);
        try (PartitionJudge restored = judge("user-login", 0)) {
            images.forEach(image -> restored.restore(ByteBuffer.wrap(image), PartitionJudge.IMAGE_VERSION));
            assertThat(restored.users()).isEqualTo(1);
            assertThat(restored.liveImageBytes()).isEqualTo(story.judge().liveImageBytes());
        }
    }

    private List<byte[]> sweep() {
        List<byte[]> images = new ArrayList<>();
        story.judge().beginSweep();
        while (!story.judge().sweep(1_000, (bytes, from, length) -> {
            byte[] image = new byte[length];
            System.arraycopy(bytes, from, image, 0, length);
            images.add(image);
        })) {}
        return images;
    }

    @Test
    void judgingAllocatesNothingButTheOutputs() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < 20 * Batch.CAPACITY; i++) {
            events.add(("{\"user_id\":\"user " + i % 500 + "\",\"timestamp\":" + (1_709_726_400 + i)
                            + ",\"ip\":\"8.8.8." + i % 256 + "\",\"device_id\":\"" + i % 7
                            + "\",\"app_version\":\"1." + i % 50 + "\",\"device_type\":\"web\",\"locale\":\"WA\"}")
                    .getBytes(UTF_8));
        }
        try (PartitionJudge judge = judge("user-login", 0)) {
            judgeAll(judge, events);
            judgeAll(judge, events);
            long before = threads.getCurrentThreadAllocatedBytes();
            long outputBytes = judgeAll(judge, events);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            long references = events.size() * 2L * (Integer.BYTES + 1);
            assertThat(allocated - outputBytes)
                    .as("bytes beyond the outputs, their keys and a reference to each")
                    .isLessThan(references + events.size());
        }
    }

    /** @return bytes of the outputs and their keys, as they lie on the heap */
    private long judgeAll(PartitionJudge judge, List<byte[]> events) {
        long outputBytes = 0;
        for (int from = 0; from < events.size(); from += Batch.CAPACITY) {
            for (int i = 0; i < Batch.CAPACITY; i++) {
                batch.add(null, events.get(from + i), from + i, -1);
            }
            judge.judge(batch, NOW_MS);
            judge.publish(NOW_MS, Publications.NOWHERE);
            judge.drainChanges((bytes, at, length) -> {});
            for (int i = 0; i < Batch.CAPACITY; i++) {
                outputBytes += heapBytes(batch.output(i)) + heapBytes(batch.outputKey(i));
            }
            batch.clear();
        }
        return outputBytes;
    }

    /** An array's header takes 16 bytes, and objects begin at multiples of 8. */
    private static long heapBytes(byte[] array) {
        return array == null ? 0 : 16 + (array.length + 7) / 8 * 8;
    }

    private void add(String key, String value) {
        batch.add(key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8), 100 + batch.size(), -1);
    }

    private static PartitionJudge judge(JudgeSettings settings) {
        return new PartitionJudge(settings, GeoTable.empty(), new UserBudget(1_000), "user-login", 0, 1);
    }

    private static PartitionJudge judge(String topic, int partition) {
        return new PartitionJudge(JudgeSettings.DEFAULTS, GeoTable.empty(), new UserBudget(1_000), topic, partition, 1);
    }
}
