package io.gatehouse.core.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private final byte[] to = new byte[Digits.MAX_BYTES];

    @Test
    void numbersOfEveryLengthAreWrittenInDecimal() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            assertDecimal(random.nextLong() >> random.nextInt(64));
        }
        for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            assertDecimal(power);
            assertDecimal(power - 1);
            assertDecimal(-power);
        }
        assertDecimal(Long.MAX_VALUE);
        assertDecimal(-Long.MAX_VALUE);
    }

    @Test
    void hashesAreWrittenWithAllTheirDigits() {
        int end = Digits.writeHex(0x0000_00AB_CDEF_9876L, to, 0);
        assertThat(new String(to, 0, end, US_ASCII)).isEqualTo("000000abcdef9876");
    }

    private void assertDecimal(long number) {
        int end = Digits.write(number, to, 0);
        assertThat(new String(to, 0, end, US_ASCII)).isEqualTo(Long.toString(number));
    }
}
