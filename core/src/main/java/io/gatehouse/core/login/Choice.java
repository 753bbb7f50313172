package io.gatehouse.core.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Pieces of JSON of which events have one or another in the same place. Each takes as many steps to copy as the longest
 * needs: a processor cannot foretell how often a loop turns whose number of turns hangs on the event, and a compiler
 * resolves a loop whose number never changes.
 *
 * @param words of all pieces, one behind another, each filled up with zeros to {@code wordsEach}
 * @param lengthBytes of each piece
 * @param wordsEach as many as the longest piece needs
 */
record Choice(long[] words, int[] lengthBytes, int wordsEach) {
    static Choice of(String... jsons) {
        byte[][] pieces = Arrays.stream(jsons).map(json -> json.getBytes(UTF_8)).toArray(byte[][]::new);
        int[] lengths = Arrays.stream(pieces).mapToInt(piece -> piece.length).toArray();
        int wordsEach = (Arrays.stream(lengths).max().orElse(0) + Long.BYTES - 1) / Long.BYTES;
        long[] words = Arrays.stream(pieces)
                .flatMapToLong(piece -> Arrays.stream(Piece.words(piece, wordsEach)))
                .toArray();
        return new Choice(words, lengths, wordsEach);
    }

    /**
     * Copies a piece, and zeros behind it, as far as the longest reaches.
     *
     * @return the index after the piece
     */
    int copyTo(int piece, byte[] to, int at) {
        int from = piece * wordsEach;
        for (int i = 0; i < wordsEach; i++) {
            Piece.LONG.set(to, at + i * Long.BYTES, words[from + i]);
        }
        return at + lengthBytes[piece];
    }
}
