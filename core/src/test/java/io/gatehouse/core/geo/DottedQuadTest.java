package io.gatehouse.core.geo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DottedQuadTest {
    private static final int TEXTS = 200_000;
    private static final String CHARACTERS = "0123456789....-/:;a\u00b0 ";

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "1.22.133.255", "255.255.255.255", "9.0.99.100", "10.200.30.4"})
    void anAddressIsReadWithRoomAroundItAndWithout(String text) {
        long expected = 0;
        for (String part : text.split("\\.")) {
            expected = expected << 8 | Integer.parseInt(part);
        }
        assertThat(withoutRoom(text)).isEqualTo(expected);
        assertThat(withRoom(text, "1.2.3.4")).isEqualTo(expected);
    }

    @Test
    void roomMakesNoDifference() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int addresses = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = random.nextBoolean() ? likeAnAddress(random) : anyText(random);
            long read = withoutRoom(text);
            addresses += read == DottedQuad.NONE ? 0 : 1;
            assertThat(withRoom(text, anyText(random)))
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(read);
        }
        assertThat(addresses).as("addresses among them, seed %d", seed).isBetween(TEXTS / 10, TEXTS * 9 / 10);
    }

    private static String likeAnAddress(Random random) {
        StringBuilder text = new StringBuilder();
        for (int part = 0; part < 4; part++) {
            text.append(part == 0 ? "" : ".").append(random.nextInt(random.nextInt(8) == 0 ? 1200 : 256));
        }
        if (random.nextInt(4) == 0) {
            text.setCharAt(random.nextInt(text.length()), aCharacter(random));
        }
        return text.toString();
    }

    private static String anyText(Random random) {
        char[] text = new char[random.nextInt(18)];
        for (int i = 0; i < text.length; i++) {
            text[i] = aCharacter(random);
        }
        return new String(text);
    }

    private static char aCharacter(Random random) {
        return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    }

    private static long withoutRoom(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return DottedQuad.parse(bytes, 0, bytes.length);
    }

    /** Other digits and dots around it must not be taken for its own. */
    private static long withRoom(String text, String neighbour) {
        byte[] bytes = (neighbour + "0.11" + text + neighbour).getBytes(ISO_8859_1);
        int from = neighbour.length() + 4;
        byte[] room = Arrays.copyOf(bytes, bytes.length + 16);
        return DottedQuad.parse(room, from, from + text.length());
    }
}
