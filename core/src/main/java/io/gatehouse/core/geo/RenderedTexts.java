package io.gatehouse.core.geo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts in UTF-8, one behind another in one array. Filled once, then only read. */
final class RenderedTexts {
    /** Half of what an array can hold: room to grow without overflow. */
    private static final int MOST_BYTES = 1 << 30;

    private final int[] starts;
    private byte[] bytes = new byte[1 << 12];
    private int size;

    /** @param texts how many will be added */
    RenderedTexts(int texts) {
        starts = new int[texts + 1];
    }

    /** @throws GeoTableException when all together would take more than 1 GiB */
    void add(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        int length = starts[size];
        if (more.length > MOST_BYTES - length) {
            throw new GeoTableException("the geo table's places take more than 1 GiB of JSON");
        }
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more.length, bytes.length + (bytes.length >> 1)));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        starts[++size] = length + more.length;
    }

    /** Where each text starts, and at the end where the last one ends. */
    int[] starts() {
        return starts;
    }

    /** All of them, and nothing behind the last. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, starts[size]);
    }
}
