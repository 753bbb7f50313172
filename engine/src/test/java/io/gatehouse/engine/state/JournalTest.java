package io.gatehouse.engine.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.Publications;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.Remembered;
import io.gatehouse.core.profile.UserBudget;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final JournalHeader HEADER =
            new JournalHeader(42, 0x1122334455667788L, -5, 12, JournalHeader.KEYED, NOW_MS, 99);

    private final PartitionJudge judge = judge();
    private final JournalWriter writer = new JournalWriter();

    private static PartitionJudge judge() {
        return new PartitionJudge(JudgeSettings.DEFAULTS, GeoTable.empty(), new UserBudget(1_000_000), "t", 0);
    }

    @Test
    void aHeaderComesBackAsItWasWritten() {
        assertThat(JournalReader.restore(writer.finish(HEADER).get(0), judge)).isEqualTo(HEADER);
        assertThat(judge.eventTimeMs()).isEqualTo(NOW_MS);
    }

    @Test
    void aCommitWithoutImagesIsOneBlockThatSaysWhereItStands() {
        assertThat(writer.finish(HEADER)).hasSize(1);
    }

    @Test
    void whatIsRestoredIsWhatWasWrittenHoweverManyBlocksItTook() {
        judgeLogins(20_000);
        judge.drainChanges(writer);
        List<byte[]> blocks = writer.finish(HEADER);
        assertThat(blocks).hasSizeGreaterThan(3).allMatch(block -> block.length <= JournalBlock.MAX_BYTES);

        PartitionJudge restored = judge();
        blocks.forEach(block -> JournalReader.restore(block, restored));
        assertThat(images(restored)).isEqualTo(images(judge));
        assertThat(restored.users()).isEqualTo(judge.users()).isEqualTo(20_000);
    }

    private void judgeLogins(int count) {
        Batch batch = new Batch();
        for (int i = 0; i < count; i++) {
            String event = "{\"user_id\":\"" + new UUID(7, i) + "\",\"timestamp\":" + NOW_MS + ",\"device_id\":\"d\"}";
            batch.add(null, event.getBytes(UTF_8), i, NOW_MS);
            if (batch.isFull() || i == count - 1) {
                judge.judge(batch, NOW_MS);
                batch.clear();
            }
        }
    }

    /** Every user's image, in an order of their own. */
    private static List<String> images(PartitionJudge judge) {
        List<String> images = new ArrayList<>();
        judge.beginSweep();
        boolean ended = false;
        while (!ended) {
            ended = judge.sweep(
                    1 << 20, (source, offset, length) -> images.add(new String(source, offset, length, UTF_8)));
        }
        images.sort(null);
        return images;
    }

    @Test
    void anyDamagedByteIsNoticed() {
        judgeLogins(50);
        judge.drainChanges(writer);
        byte[] block = writer.finish(HEADER).get(0);
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = block.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> JournalReader.restore(damaged, judge()))
                    .isInstanceOf(DamagedJournalException.class);
        }
    }

    @Test
    void aBlockCutShortAnywhereIsNoticed() {
        judgeLogins(3);
        judge.drainChanges(writer);
        byte[] block = writer.finish(HEADER).get(0);
        for (int length = 0; length < block.length; length++) {
            byte[] cut = Arrays.copyOf(block, length);
            assertThatThrownBy(() -> JournalReader.restore(cut, judge())).isInstanceOf(DamagedJournalException.class);
        }
    }

    @Test
    void anImageThatIsNoneIsDamageToo() {
        writer.accept(new byte[] {1, 2, 3}, 0, 3);
        byte[] block = writer.finish(HEADER).get(0);

        assertThatThrownBy(() -> JournalReader.restore(block, judge))
                .isInstanceOf(DamagedJournalException.class)
                .hasMessageContaining("not a user's image");
        assertThatThrownBy(() -> JournalReader.images(block, (image, version) -> Remembered.read(image, version)))
                .isInstanceOf(DamagedJournalException.class);
    }

    @Test
    void aNullValueIsNoBlock() {
        assertThatThrownBy(() -> JournalReader.restore(null, judge)).isInstanceOf(DamagedJournalException.class);
    }

    @Test
    void aJournalOfTheVersionBeforeIsRestoredAndJudgedByAsIfItWereToday() throws IOException {
        PartitionJudge former = judge();
        readKept("journal-version-1.bin").forEach(block -> JournalReader.restore(block, former));
        outputs(judge, FormerLogins.remembered());
        assertThat(former.users()).isEqualTo(40);
        assertThat(former.eventTimeMs()).isEqualTo(judge.eventTimeMs());

        List<String> sessions = new ArrayList<>();
        former.publish(NOW_MS, taking(sessions));
        former.publish(NOW_MS + 3_600_000, taking(sessions));
        assertThat(sessions).as("sessions begun under version 1").isEmpty();
        assertThat(outputs(former, FormerLogins.following())).isEqualTo(outputs(judge, FormerLogins.following()));
        former.publish(NOW_MS, taking(sessions));
        assertThat(sessions).hasSizeGreaterThan(100).allMatch(session -> !session.contains("\"number\":1,"));
    }

    private static List<byte[]> readKept(String name) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        try (DataInputStream kept = new DataInputStream(JournalTest.class.getResourceAsStream(name))) {
            while (kept.available() > 0) {
                byte[] block = new byte[kept.readInt()];
                kept.readFully(block);
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static List<String> outputs(PartitionJudge judge, List<byte[]> logins) {
        List<String> outputs = new ArrayList<>();
        Batch batch = new Batch();
        for (int i = 0; i < logins.size(); i++) {
            batch.add(null, logins.get(i), i, -1);
            judge.judge(batch, NOW_MS);
            outputs.add(new String(batch.output(0), UTF_8));
            batch.clear();
        }
        return outputs;
    }

    private static Publications taking(List<String> sessions) {
        return new Publications() {
            @Override
            public void session(byte[] key, byte[] value) {
                sessions.add(new String(value, UTF_8));
            }

            @Override
            public void statistics(byte[] key, byte[] value) {}
        };
    }

    @Test
    void aBlockOfANewerFormatIsRefusedByItsVersion() {
        byte[] block = writer.finish(HEADER).get(0);
        block[3] = JournalBlock.VERSION + 1;
        assertThatThrownBy(() -> JournalReader.restore(block, judge))
                .isInstanceOf(DamagedJournalException.class)
                .hasMessageContaining("format version 3");
    }
}
