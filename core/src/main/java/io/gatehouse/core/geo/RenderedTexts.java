package io.gatehouse.core.geo;

import java.util.Arrays;

/** Texts in UTF-8, one behind another in one array. Filled once, piece by piece, then only read. */
final class RenderedTexts {
    /** Half of what an array can hold: room to grow without overflow. */
    private static final int MOST_BYTES = 1 << 30;

    private final int[] starts;
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private int size;

    /** @param texts how many will be added */
    RenderedTexts(int texts) {
        starts = new int[texts + 1];
    }

    /** @throws GeoTableException when all together would take more than 1 GiB */
    void append(byte[] text) {
        append(text, text.length);
    }

    /** The same with as many bytes from the beginning of an array. */
    void append(byte[] from, int count) {
        makeRoom(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
    }

    /** The same with one letter of ASCII. */
    void append(char ascii) {
        makeRoom(1);
        bytes[length++] = (byte) ascii;
    }

    /**
     * The same with a number in decimal digits.
     *
     * @param number from 0
     */
    void appendNumber(int number) {
        if (number >= 10) {
            appendNumber(number / 10);
        }
        append((char) ('0' + number % 10));
    }

    /** Ends a text; what is appended next begins another. */
    void end() {
        starts[++size] = length;
    }

    /** Where each text starts, and at the end where the last one ends. */
    int[] starts() {
        return starts;
    }

    /** All of them, and nothing behind the last. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void makeRoom(int more) {
        if (more > MOST_BYTES - length) {
            throw new GeoTableException("the geo table's places take more than 1 GiB of JSON");
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
        }
    }
}
