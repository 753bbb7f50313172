package io.gatehouse.core.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A piece of JSON that is the same in many events, rendered once and copied by the word: for so few bytes, calling
 * {@code arraycopy} takes longer than the copying.
 *
 * @param words its bytes, and zeros to fill the last words
 */
public record Piece(long[] words, int lengthBytes) {
    /** How far behind its end a copy may write. */
    public static final int OVERRUN_BYTES = Long.BYTES - 1;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    public static Piece of(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new Piece(words(bytes, (bytes.length + OVERRUN_BYTES) / Long.BYTES), bytes.length);
    }

    /** The first words of a text; zeros behind its end. */
    static long[] words(byte[] bytes, int count) {
        byte[] padded = Arrays.copyOf(bytes, count * Long.BYTES);
        long[] words = new long[count];
        Arrays.setAll(words, i -> (long) LONG.get(padded, i * Long.BYTES));
        return words;
    }

    /**
     * Copies the piece, and up to {@link #OVERRUN_BYTES} zeros behind it.
     *
     * @return the index after the piece
     */
    public int copyTo(byte[] to, int at) {
        int next = at;
        for (long word : words) {
            LONG.set(to, next, word);
            next += Long.BYTES;
        }
        return at + lengthBytes;
    }
}
