package io.gatehouse.engine.state;

import io.gatehouse.core.PartitionJudge;
import java.nio.ByteBuffer;
import java.util.function.ObjIntConsumer;

/** Reads blocks back into a partition's memory. */
public final class JournalReader {
    private JournalReader() {}

    /**
     * Takes one block over into the judge.
     *
     * @return the block's header
     * @throws DamagedJournalException when the block is not whole, or an image in it is none; the judge is then of no use
     */
    public static JournalHeader restore(byte[] block, PartitionJudge judge) {
        JournalHeader header = images(block, judge::restore);
        judge.restoreEventTime(header.eventTimeMs());
        return header;
    }

    /**
     * What a block says besides its images.
     *
     * @throws DamagedJournalException when the block is not whole
     */
    public static JournalHeader header(byte[] block) {
        return JournalBlock.open(block);
    }

    /**
     * Hands over the images of a block, in their order, each with the version of its format.
     *
     * @param to may throw an {@link IllegalArgumentException} for an image that is none
     * @return the block's header
     * @throws DamagedJournalException when the block is not whole, or an image in it is none
     */
    public static JournalHeader images(byte[] block, ObjIntConsumer<ByteBuffer> to) {
        JournalHeader header = JournalBlock.open(block);
        ByteBuffer from = JournalBlock.ordered(block);
        int images = from.getInt(JournalBlock.IMAGE_COUNT_AT);
        from.position(JournalBlock.HEADER_BYTES);
        for (int i = 0; i < images; i++) {
            handOver(nextImage(from), JournalBlock.version(block), to);
        }
        if (from.hasRemaining()) {
            throw new DamagedJournalException("a block has bytes after its last image");
        }
        return header;
    }

    private static void handOver(ByteBuffer image, int version, ObjIntConsumer<ByteBuffer> to) {
        try {
            to.accept(image, version);
        } catch (IllegalArgumentException e) {
            throw new DamagedJournalException(e.getMessage(), e);
        }
    }

    private static ByteBuffer nextImage(ByteBuffer from) {
        if (from.remaining() < JournalBlock.IMAGE_LENGTH_BYTES) {
            throw new DamagedJournalException("a block holds fewer images than it says");
        }
        int length = from.getShort() & 0xFFFF;
        if (length > from.remaining()) {
            throw new DamagedJournalException("an image reaches past the end of its block");
        }
        ByteBuffer image = from.slice(from.position(), length);
        from.position(from.position() + length);
        return image;
    }
}
