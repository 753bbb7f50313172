package io.gatehouse.lab.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Blocks of the journal that are not as they should be; other records of its topic are left alone. */
final class JournalDamage {
    private static final byte[] MAGIC = {'G', 'H', 'J'};
    private static final int CHECKSUM_AT = 4;
    private static final int CHECKED_FROM = 8;
    private static final int IMAGE_COUNT_AT = 56;
    private static final int HEADER_BYTES = 60;
    private static final int LENGTH_BYTES = 2;
    private static final int KIND_MASK = 3;
    private static final int USER = 1;

    private JournalDamage() {}

    /** The block without its second half. */
    static byte[] cut(byte[] block) {
        return isBlock(block) ? Arrays.copyOf(block, block.length / 2) : block;
    }

    /** The block without the images of users, and sound otherwise. */
    static byte[] withoutUsers(byte[] block) {
        if (!isBlock(block)) {
            return block;
        }
        ByteBuffer from = ordered(block);
        ByteBuffer to = ordered(new byte[block.length]);
        to.put(block, 0, HEADER_BYTES);
        int kept = 0;
        for (int at = HEADER_BYTES; at < block.length; ) {
            int length = LENGTH_BYTES + Short.toUnsignedInt(from.getShort(at));
            if ((block[at + LENGTH_BYTES] & KIND_MASK) != USER) {
                to.put(block, at, length);
                kept++;
            }
            at += length;
        }
        byte[] rest = Arrays.copyOf(to.array(), to.position());
        CRC32C checksum = new CRC32C();
        ordered(rest).putInt(IMAGE_COUNT_AT, kept);
        checksum.update(rest, CHECKED_FROM, rest.length - CHECKED_FROM);
        ordered(rest).putInt(CHECKSUM_AT, (int) checksum.getValue());
        return rest;
    }

    private static boolean isBlock(byte[] value) {
        return value.length > HEADER_BYTES && Arrays.equals(value, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static ByteBuffer ordered(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
