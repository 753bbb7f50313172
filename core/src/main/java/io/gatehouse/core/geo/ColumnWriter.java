package io.gatehouse.core.geo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Collects one column of a compiled table; the counterpart of {@link Column}. */
final class ColumnWriter {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();

    void writeByte(int value) {
        entries.write(value);
    }

    void writeNumber(long unsigned) {
        long rest = unsigned;
        while ((rest & ~0x7fL) != 0) {
            entries.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        entries.write((int) rest);
    }

    /** Null for none. */
    void writeName(String name) {
        if (name != null) {
            entries.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        }
        entries.write(TableFormat.END_OF_NAME);
    }

    /** Null for none; otherwise two capital letters. */
    void writeCode(String code) {
        writeByte(code == null ? 0 : code.charAt(0));
        writeByte(code == null ? 0 : code.charAt(1));
    }

    void deflateTo(DataOutputStream file) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
            entries.writeTo(out);
        } finally {
            deflater.end();
        }
        file.writeInt(deflated.size());
        deflated.writeTo(file);
    }
}
