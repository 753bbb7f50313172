package io.gatehouse.core.tally;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The images in which the journal keeps a partition's statistics. An image tells one part of one subject: some of its
 * values, as they are and not by how much they changed, so that reading one twice does no harm. Together, the images since
 * a round of the sweep began tell all. Numbers are little-endian.
 *
 * <pre>
 *  0  1  bits 0-1 kind (3), bits 2-3 subject, bits 4-5 part
 *  1  8  length of the subject's windows, milliseconds
 *  9  8  which of these windows since 1970
 * 17     counts     each 10 bytes: number (2), count (8)
 *        registers  each 3 bytes: number (2), rank (1)
 *        names      each: heading (1), number (1), length (2), UTF-8
 * </pre>
 */
public final class ImageFormat {
    /** In the bits where users' images have kinds of their own. */
    private static final int KIND = 3;

    private static final int KIND_MASK = 3;

    // Subjects.
    static final int LOGINS = 0;
    static final int DEAD_LETTERS = 1;
    static final int DAY = 2;

    // Parts.
    static final int COUNTS = 0;
    static final int REGISTERS = 1;
    static final int NAMES = 2;

    static final int HEADER_BYTES = 17;
    static final int COUNT_BYTES = 10;
    static final int REGISTER_BYTES = 3;
    static final int NAME_HEADER_BYTES = 4;

    /** An image is never longer: what does not fit goes on in the next. Holds the longest name several times. */
    static final int MAX_BYTES = 16 * 1024;

    private ImageFormat() {}

    /** Whether an image is one of statistics. */
    public static boolean isStatistics(ByteBuffer image) {
        return image.hasRemaining() && (image.get(image.position()) & KIND_MASK) == KIND;
    }

    static byte head(int subject, int part) {
        return (byte) (KIND | subject << 2 | part << 4);
    }

    static int subject(byte head) {
        return head >>> 2 & 3;
    }

    static int part(byte head) {
        return head >>> 4 & 0xF;
    }

    static ByteBuffer ordered(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
