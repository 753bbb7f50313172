package io.gatehouse.engine.state;

import io.gatehouse.core.profile.ImageSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packs the images of one commit into blocks. Single-threaded, reused from commit to commit. */
public final class JournalWriter implements ImageSink {
    private static final int FIRST_CAPACITY = 16 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private final List<Integer> fullImages = new ArrayList<>();
    private byte[] block = new byte[FIRST_CAPACITY];
    private int end = JournalBlock.HEADER_BYTES;
    private int images;

    @Override
    public void accept(byte[] source, int offset, int lengthBytes) {
        int needed = JournalBlock.IMAGE_LENGTH_BYTES + lengthBytes;
        if (end + needed > JournalBlock.MAX_BYTES) {
            closeBlock();
        }
        if (end + needed > block.length) {
            block = Arrays.copyOf(block, Math.max(block.length * 2, end + needed));
        }
        block[end] = (byte) lengthBytes;
        block[end + 1] = (byte) (lengthBytes >>> 8);
        System.arraycopy(source, offset, block, end + JournalBlock.IMAGE_LENGTH_BYTES, lengthBytes);
        end += needed;
        images++;
    }

    /** Bytes accepted since the last {@link #finish}, headers aside. */
    public int pendingBytes() {
        int pending = end - JournalBlock.HEADER_BYTES;
        for (byte[] block : full) {
            pending += block.length - JournalBlock.HEADER_BYTES;
        }
        return pending;
    }

    /** The blocks of everything accepted since the last call, at least one: a header says something without images too. */
    public List<byte[]> finish(JournalHeader header) {
        closeBlock();
        List<byte[]> blocks = List.copyOf(full);
        for (int i = 0; i < blocks.size(); i++) {
            JournalBlock.seal(blocks.get(i), header, fullImages.get(i));
        }
        full.clear();
        fullImages.clear();
        return blocks;
    }

    private void closeBlock() {
        full.add(Arrays.copyOf(block, end));
        fullImages.add(images);
        end = JournalBlock.HEADER_BYTES;
        images = 0;
    }
}
