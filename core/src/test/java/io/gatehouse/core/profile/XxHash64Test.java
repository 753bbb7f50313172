package io.gatehouse.core.profile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {
    private static final int PRIME_32 = 0x9E3779B1;

    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
    })
    void hashesPublishedTexts(String text, String hash) {
        byte[] bytes = text.getBytes(US_ASCII);
        assertThat(XxHash64.hash(bytes, 0, bytes.length, 0)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }

    /** The sanity buffer of the specification's own test program. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, E934A84ADB052768",
        "1, 2654435761, 5014607643A9B4C3",
        "4, 0, 9136A0DCA57457EE",
        "14, 0, 8282DCC4994E35C8",
        "14, 2654435761, C3BD6BF63DEB6DF0",
        "222, 0, B641AE8CB691C174",
        "222, 2654435761, 20CB8AB7AE10C14A"
    })
    void hashesPublishedBytes(int length, long seed, String hash) {
        byte[] bytes = new byte[length];
        long generator = PRIME_32 & 0xFFFF_FFFFL;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (generator >>> 56);
            generator *= 0x9E3779B185EBCA8DL;
        }
        assertThat(XxHash64.hash(bytes, 0, length, seed)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }

    @Test
    void hashesTwoLongsLikeTheirSixteenBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(random.nextLong()).putLong(random.nextLong());
            long seed = random.nextLong();
            assertThat(XxHash64.hash(bytes.getLong(0), bytes.getLong(8), seed))
                    .isEqualTo(XxHash64.hash(bytes.array(), 0, 16, seed));
        }
    }
}
