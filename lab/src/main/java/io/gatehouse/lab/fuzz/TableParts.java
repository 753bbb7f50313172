package io.gatehouse.lab.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A geo table's content without what packs it, so that changing a byte changes a number or a name and not the packing.
 * {@code docs/geo-table.md} describes the file.
 *
 * <pre>
 *  0 29  of the head: when built, level, counts
 * 29     texts and columns, not deflated: each 2 bytes of length, then its bytes; what is missing is empty
 * </pre>
 */
final class TableParts {
    /** Index in the file of the first byte that the checksum covers. */
    static final int CHECKED_FROM = 16;

    private static final byte[] BEGINNING = {'G', 'H', 'G', 'E', 'O', 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int LENGTH_AT = 8;
    private static final int CHECKSUM_AT = 12;
    private static final int HEAD_BYTES = 29;
    private static final int TEXTS = 3;
    private static final int COLUMNS = 18;
    private static final int MOST_COLUMN_BYTES = 0xFFFF;

    private TableParts() {}

    /** The file of these parts, whole, whatever the parts are. */
    static byte[] file(byte[] parts) {
        ByteBuffer from = ByteBuffer.wrap(parts);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream file = new DataOutputStream(bytes)) {
            file.write(BEGINNING);
            file.write(Arrays.copyOf(next(from, HEAD_BYTES), HEAD_BYTES));
            for (int i = 0; i < TEXTS; i++) {
                byte[] text = nextPart(from);
                file.writeShort(text.length);
                file.write(text);
            }
            for (int i = 0; i < COLUMNS; i++) {
                byte[] column = deflated(nextPart(from));
                file.writeInt(column.length);
                file.write(column);
            }
            file.write(next(from, from.remaining()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused to be written", e);
        }
        return sealed(bytes.toByteArray());
    }

    /** The parts of a good file. */
    static byte[] of(byte[] file) {
        ByteBuffer from = ByteBuffer.wrap(file).position(CHECKED_FROM);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream parts = new DataOutputStream(bytes)) {
            parts.write(next(from, HEAD_BYTES));
            for (int i = 0; i < TEXTS; i++) {
                byte[] text = nextPart(from);
                parts.writeShort(text.length);
                parts.write(text);
            }
            for (int i = 0; i < COLUMNS; i++) {
                byte[] column = inflated(next(from, from.getInt()));
                parts.writeShort(column.length);
                parts.write(column);
            }
        } catch (IOException | DataFormatException e) {
            throw new IllegalArgumentException("not a good file", e);
        }
        return bytes.toByteArray();
    }

    /** A file with the length and the checksum that it should have. */
    static byte[] sealed(byte[] file) {
        byte[] sealed = file.clone();
        ByteBuffer to = ByteBuffer.wrap(sealed);
        to.putInt(LENGTH_AT, sealed.length);
        CRC32C checksum = new CRC32C();
        checksum.update(sealed, CHECKED_FROM, sealed.length - CHECKED_FROM);
        to.putInt(CHECKSUM_AT, (int) checksum.getValue());
        return sealed;
    }

    private static byte[] nextPart(ByteBuffer from) {
        return from.remaining() < Short.BYTES ? new byte[0] : next(from, from.getShort() & 0xFFFF);
    }

    /** So many bytes, or as many as there are. */
    private static byte[] next(ByteBuffer from, int bytes) {
        byte[] next = new byte[Math.min(bytes, from.remaining())];
        from.get(next);
        return next;
    }

    private static byte[] deflated(byte[] column) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(column);
        deflater.finish();
        byte[] deflated = new byte[column.length * 2 + 64];
        int length = deflater.deflate(deflated);
        deflater.end();
        return Arrays.copyOf(deflated, length);
    }

    private static byte[] inflated(byte[] column) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(column);
        byte[] inflated = new byte[MOST_COLUMN_BYTES];
        int length = inflater.inflate(inflated);
        inflater.end();
        return Arrays.copyOf(inflated, length);
    }
}
