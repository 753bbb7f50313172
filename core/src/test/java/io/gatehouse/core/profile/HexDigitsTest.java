package io.gatehouse.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.login.Words;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HexDigitsTest {
    private static final String DIGITS = "0123456789abcdef";

    @Test
    void theFirstDigitIsTheHighest() {
        assertThat(read("00000001")).isEqualTo(1);
        assertThat(read("10000000")).isEqualTo(0x1000_0000L);
        assertThat(read("ffffffff")).isEqualTo(0xFFFF_FFFFL);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextInt() & 0xFFFF_FFFFL;
            assertThat(read(String.format("%08x", number))).isEqualTo(number);
        }
    }

    @Test
    void noOtherByteIsADigitWhereverItStands() {
        byte[] text = "89abcdef".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < text.length; at++) {
            for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
                byte[] changed = text.clone();
                changed[at] = (byte) b;
                assertThat(HexDigits.eight(Words.at(changed, 0)) >= 0)
                        .as("%d at %d", b, at)
                        .isEqualTo(DIGITS.indexOf(b) >= 0);
            }
        }
    }

    private static long read(String digits) {
        return HexDigits.eight(Words.at(digits.getBytes(StandardCharsets.US_ASCII), 0));
    }
}
