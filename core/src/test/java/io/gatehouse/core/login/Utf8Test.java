package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** The first and last of each kind of byte that UTF-8 tells apart, and their neighbours. */
    private static final int[] BYTES = {
        0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    private final CharsetDecoder platform = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer characters = CharBuffer.allocate(4);

    @Test
    void validityAgreesWithThePlatformForEachMixOfFourBytes() {
        for (int first : BYTES) {
            for (int second : BYTES) {
                for (int third : BYTES) {
                    for (int fourth : BYTES) {
                        check((byte) first, (byte) second, (byte) third, (byte) fourth);
                    }
                }
            }
        }
    }

    @Test
    void validityAndLengthAreFoundWhereverInTheTextTheCharacterStands() {
        byte[] character = "😀".getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < 20; start++) {
            byte[] text = new byte[24];
            System.arraycopy(character, 0, text, start, 4);

            assertThat(valid(text)).isTrue();
            assertThat(Utf8.codePoints(text, start, 24)).isEqualTo(21 - start);

            text[start + 3] = 'x';
            assertThat(valid(text)).isFalse();
        }
    }

    @Test
    void aSequenceCutShortIsInvalid() {
        byte[] whole = "1234567😀".getBytes(StandardCharsets.UTF_8);
        for (int length = 8; length < whole.length; length++) {
            assertThat(valid(Arrays.copyOf(whole, length))).isFalse();
        }
    }

    private void check(byte... text) {
        if (valid(text) != isValid(text)) {
            fail("wrong about " + HexFormat.of().formatHex(text));
        }
    }

    private boolean isValid(byte[] text) {
        characters.clear();
        platform.reset();
        return !platform.decode(ByteBuffer.wrap(text), characters, true).isError();
    }

    /** Amid other bytes, which must not be read. */
    private static boolean valid(byte[] text) {
        byte[] amid = new byte[text.length + 8];
        Arrays.fill(amid, (byte) 0x80);
        System.arraycopy(text, 0, amid, 4, text.length);
        return Utf8.isValid(amid, 4, 4 + text.length);
    }
}
