package io.gatehouse.engine.state;

import io.gatehouse.core.PartitionJudge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The layout of one journal record, all numbers little-endian.
 *
 * <pre>
 *  0  4  magic "GHJ" and the format version
 *  4  4  CRC32C of everything after this field
 *  8  8  next input offset
 * 16 16  input topic id
 * 32  4  input partition count
 * 36  1  partitioning
 * 37  3  zero
 * 40  8  partition's event time
 * 48  8  settings fingerprint
 * 56  4  number of images
 * 60     images, each its length (2) and its bytes
 * </pre>
 *
 * All blocks of a commit carry the same header, so a reader needs no more than the last one it saw.
 */
final class JournalBlock {
    /**
     * A block and what Kafka writes around it make one full batch of the producer (batch.size, 256 KiB by default). Far
     * below the record limit of 1 MiB, too.
     */
    static final int MAX_BYTES = 250 * 1024;

    /** Of blocks and of the images in them. The one before is read too. */
    static final int VERSION = PartitionJudge.IMAGE_VERSION;

    private static final int OLDEST_VERSION = VERSION - 1;
    static final int CHECKSUM_AT = 4;
    static final int CHECKED_FROM = 8;
    static final int IMAGE_COUNT_AT = 56;
    static final int HEADER_BYTES = 60;
    static final int IMAGE_LENGTH_BYTES = 2;

    private static final int MAGIC = 'G' | 'H' << 8 | 'J' << 16;
    private static final int MAGIC_MASK = 0xFFFFFF;

    private JournalBlock() {}

    static ByteBuffer ordered(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Completes a block whose images are in place. */
    static void seal(byte[] block, JournalHeader header, int images) {
        ByteBuffer to = ordered(block);
        to.putInt(MAGIC | VERSION << 24).putInt(0);
        to.putLong(header.nextOffset());
        to.putLong(header.topicIdHigh()).putLong(header.topicIdLow());
        to.putInt(header.partitionCount()).putInt(header.partitioning());
        to.putLong(header.eventTimeMs()).putLong(header.settingsFingerprint());
        to.putInt(images);
        to.putInt(CHECKSUM_AT, checksum(block));
    }

    /** Reads the header after checking that the block is whole. */
    static JournalHeader open(byte[] block) {
        if (block == null || block.length < HEADER_BYTES) {
            throw new DamagedJournalException("a block is cut short");
        }
        ByteBuffer from = ordered(block);
        int magic = from.getInt();
        if ((magic & MAGIC_MASK) != MAGIC) {
            throw new DamagedJournalException("a record is not a journal block");
        }
        int version = magic >>> 24;
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new DamagedJournalException("a block has format version " + version
                    + ", this Gatehouse reads versions " + OLDEST_VERSION + " and " + VERSION);
        }
        if (from.getInt() != checksum(block)) {
            throw new DamagedJournalException("a block's checksum does not match");
        }
        long nextOffset = from.getLong();
        long topicId = from.getLong();
        long topicIdLow = from.getLong();
        int partitionCount = from.getInt();
        byte partitioning = (byte) from.getInt();
        return new JournalHeader(
                nextOffset, topicId, topicIdLow, partitionCount, partitioning, from.getLong(), from.getLong());
    }

    /** The format version of a block that was {@link #open opened}. */
    static int version(byte[] block) {
        return block[3];
    }

    private static int checksum(byte[] block) {
        CRC32C crc = new CRC32C();
        crc.update(block, CHECKED_FROM, block.length - CHECKED_FROM);
        return (int) crc.getValue();
    }
}
