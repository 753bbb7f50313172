package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.Publications;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.ImageSink;
import io.gatehouse.core.profile.Remembered;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.core.tally.ImageFormat;
import io.gatehouse.engine.state.DamagedJournalException;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalReader;
import io.gatehouse.engine.state.JournalWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Any bytes are read as a block of the journal or refused as damaged, and what was read can be worked with: it is written
 * as it was read, and logins go on from it. A block that was changed within four bytes of what its checksum covers is
 * refused.
 *
 * <p>An input is tried three ways: as it is; with magic, version and checksum put right, so that what lies behind them is
 * looked at; and its beginning as a change to a good block, two bytes for where and four for what.
 */
final class JournalProperty implements Property {
    /** Reads a block into a judge's memory. */
    @FunctionalInterface
    interface Reader {
        JournalHeader restore(byte[] block, PartitionJudge judge);
    }

    private static final long EVENT_MS = 1_720_589_697_000L;
    private static final long NOW_MS = EVENT_MS + 3_600_000;
    private static final int MOST_USERS = 1000;
    private static final long SEED = 1;

    // The layout of a block, as its own Javadoc draws it.
    private static final byte[] MAGIC = {'G', 'H', 'J'};
    private static final int VERSION_AT = 3;
    private static final int CHECKSUM_AT = 4;
    private static final int CHECKED_FROM = 8;
    private static final int HEADER_BYTES = 60;

    /** The flags of a user's image without those that the table alone knows the meaning of. */
    private static final byte MEANT_FOR_THE_JOURNAL = 0x3F;

    private static final int CHANGE_BYTES = 2 + Integer.BYTES;

    private static final int SWEPT_BYTES = 1 << 20;

    private static final List<String> LOGINS = List.of(
            login("b22a51d5-0f2f-42e3-8505-f2f8d2b01060", 0, "\"device_id\":\"d\",\"app_version\":\"1.2.3\""),
            login("b22a51d5-0f2f-42e3-8505-f2f8d2b01060", 3_600_000, "\"device_id\":\"e\",\"ip\":\"1.1.1.1\""),
            login("u", -86_400_000, "\"locale\":\"WA\",\"device_type\":\"iOS\""),
            login("é", 1, "\"device_id\":\"d\""));

    private static final byte[] GOOD = block(LOGINS);
    private static final byte[] CHANGE = {0, 4, 0, 0, 1, 0};

    private final Reader reader;

    JournalProperty(Reader reader) {
        this.reader = reader;
    }

    private static String login(String user, long afterMs, String more) {
        return "{\"user_id\":\"%s\",\"timestamp\":%d,%s}".formatted(user, EVENT_MS + afterMs, more);
    }

    @Override
    public void holdsFor(byte[] input) {
        read(input).ifPresent(this::canBeWorkedWith);
        if (input.length >= HEADER_BYTES) {
            read(sealed(input, PartitionJudge.IMAGE_VERSION)).ifPresent(this::canBeWorkedWith);
            read(sealed(input, PartitionJudge.IMAGE_VERSION - 1)).ifPresent(this::canBeWorkedWith);
        }
        if (input.length >= CHANGE_BYTES) {
            changeIsNoticed(input);
        }
    }

    /** A block, what a judge remembers after it, and what it says besides. */
    private record Restored(byte[] block, PartitionJudge judge, JournalHeader header) {}

    /** Nothing when the block was refused. */
    private Optional<Restored> read(byte[] block) {
        PartitionJudge judge = judge();
        try {
            return Optional.of(new Restored(block, judge, reader.restore(block, judge)));
        } catch (DamagedJournalException refused) {
            PropertyBroken.unless(!refused.getMessage().isBlank(), "a refusal must say what is wrong: " + refused);
            return Optional.empty();
        }
    }

    private void canBeWorkedWith(Restored restored) {
        canBeExplained(restored.block());
        PartitionJudge again = judge();
        for (byte[] block : written(restored.judge(), restored.header())) {
            PropertyBroken.unlessEqual(restored.header(), reader.restore(block, again), "the header written again");
        }
        PropertyBroken.unlessEqual(images(restored.judge()), images(again), "the memory written and read again");
        goOn(restored.judge());
    }

    private static void canBeExplained(byte[] block) {
        JournalReader.images(block, (image, version) -> {
            if (!ImageFormat.isStatistics(image)) {
                Remembered.read(image, version);
            }
        });
    }

    /** Judges logins of users that may be among those restored, and publishes what is due. */
    private static void goOn(PartitionJudge judge) {
        Batch batch = judged(judge, LOGINS);
        for (int i = 0; i < batch.size(); i++) {
            PropertyBroken.unless(batch.isAccepted(i), "a good login is refused after restoring: " + batch.reason(i));
        }
        judge.publish(NOW_MS, Publications.NOWHERE);
        judge.publishAll(Publications.NOWHERE);
    }

    private void changeIsNoticed(byte[] input) {
        ByteBuffer from = ByteBuffer.wrap(input);
        int at = CHECKSUM_AT + (from.getShort() & 0xFFFF) % (GOOD.length - CHECKSUM_AT - Integer.BYTES + 1);
        int change = from.getInt();
        byte[] changed = GOOD.clone();
        ByteBuffer block = ByteBuffer.wrap(changed);
        block.putInt(at, block.getInt(at) ^ change);
        PropertyBroken.unlessEqual(
                change == 0,
                read(changed).isPresent(),
                "whether a block is read of which the bytes from " + at + " on were changed by "
                        + Integer.toHexString(change));
    }

    /** The bytes with magic and version, and with the checksum that they should have. */
    private static byte[] sealed(byte[] input, int version) {
        byte[] block = input.clone();
        System.arraycopy(MAGIC, 0, block, 0, MAGIC.length);
        block[VERSION_AT] = (byte) version;
        CRC32C checksum = new CRC32C();
        checksum.update(block, CHECKED_FROM, block.length - CHECKED_FROM);
        ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM_AT, (int) checksum.getValue());
        return block;
    }

    /** Blocks of a header alone, of a few users and their statistics, and of more. */
    @Override
    public List<byte[]> seeds() {
        return List.of(block(List.of()), GOOD, block(LOGINS.subList(0, 1)), block(LOGINS.subList(2, 3)), CHANGE);
    }

    private static byte[] block(List<String> logins) {
        PartitionJudge judge = judge();
        judged(judge, logins);
        JournalHeader header = new JournalHeader(
                42, 0x1122334455667788L, -5, 12, JournalHeader.KEYED, judge.eventTimeMs(), 5_400_000_000L);
        return written(judge, header).get(0);
    }

    private static PartitionJudge judge() {
        return new PartitionJudge(
                JudgeSettings.DEFAULTS, new GeoTables(GeoTable.empty()), new UserBudget(MOST_USERS), "t", 0, SEED);
    }

    private static Batch judged(PartitionJudge judge, List<String> logins) {
        Batch batch = new Batch();
        for (String login : logins) {
            batch.add(null, login.getBytes(UTF_8), batch.size(), NOW_MS);
        }
        judge.judge(batch, NOW_MS);
        return batch;
    }

    /** All that the judge remembers. */
    private static List<byte[]> written(PartitionJudge judge, JournalHeader header) {
        JournalWriter writer = new JournalWriter();
        sweep(judge, writer);
        return writer.finish(header);
    }

    /** All that the judge remembers, in an order of its own. */
    private static List<String> images(PartitionJudge judge) {
        List<String> images = new ArrayList<>();
        sweep(judge, (bytes, from, length) -> {
            byte[] image = Arrays.copyOfRange(bytes, from, from + length);
            if (!ImageFormat.isStatistics(ByteBuffer.wrap(image))) {
                image[0] &= MEANT_FOR_THE_JOURNAL;
            }
            images.add(HexFormat.of().formatHex(image));
        });
        images.sort(null);
        return images;
    }

    private static void sweep(PartitionJudge judge, ImageSink to) {
        judge.beginSweep();
        while (!judge.sweep(SWEPT_BYTES, to)) {}
    }
}
