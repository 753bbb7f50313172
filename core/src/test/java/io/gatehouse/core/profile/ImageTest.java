package io.gatehouse.core.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {
    @Test
    void theLayoutIsWhatJournalsInUseHold() {
        Memory memory = new Memory();
        memory.startMs = 0x0102030405L;
        memory.lastMs = 0x0102030406L;
        memory.number = 7;
        memory.login = 8;
        memory.addRecent(0x1111111111111111L);
        memory.addRecent(0x2222222222222222L);
        int device = memory.useDevice(-1, 0x3333333333333333L);
        memory.lastUseMs[device] = 9;
        memory.versions[device] = 0x0001_0002_0003L;
        int noDevice = memory.useNoDevice();
        memory.lastUseMs[noDevice] = 10;

        memory.lateLogins = 6;
        memory.revision = 0x050607;
        memory.published = true;
        memory.addCountry('F' << 8 | 'I');
        memory.addCountry('U' << 8 | 'S');

        assertThat(HexFormat.of().formatHex(image("00112233-4455-6677-8899-aabbccddeeff", memory, 11)))
                .isEqualTo("9921" + "1000" + "0b000000" + "0604030201000000" + "0504030201000000" + "07000000"
                        + "08000000" + "06000000" + "07060521" + "00112233445566778899aabbccddeeff" + "2222222222222222"
                        + "1111111111111111"
                        + "3333333333333333" + "0900000000000000" + "0300020001000100" + "0000000000000000"
                        + "0a00000000000000" + "0000000000000000" + "4946" + "5355");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00112233-4455-6677-8899-aabbccddeeff",
                "00112233-4455-6677-8899-AABBCCDDEEFF",
                "00112233-4455-6677-8899-aabbccddeefg",
                "00112233.4455-6677-8899-aabbccddeeff",
                "00112233-4455-6677-8899-aabbccddeef",
                "x",
                "käthe"
            })
    void aKeyIsFoundByItsOwnTextOnly(String userId) {
        byte[] image = image(userId, UserTableTest.randomMemory(new Random(1)), 1);
        assertThat(key(userId).isKeyOf(image, 0)).isTrue();
        assertThat(key(userId + "0").isKeyOf(image, 0)).isFalse();
        assertThat(key("00112233-4455-6677-8899-aabbccddeefe").isKeyOf(image, 0))
                .isFalse();
        UserKey read = new UserKey();
        read.read(image, 0, 5);
        assertThat(read.hash()).isEqualTo(key(userId).hash());
        assertThat(read.isText()).isNotEqualTo(userId.equals("00112233-4455-6677-8899-aabbccddeeff"));
    }

    @Test
    void whatWasWrittenIsReadBack() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000; i++) {
            byte[] image = image("user", UserTableTest.randomMemory(random), i);
            Memory memory = new Memory();
            Image.read(image, 0, memory);
            byte[] again = image("user", memory, i);
            assertThat(again).isEqualTo(image);
            assertThatNoException().isThrownBy(() -> Image.check(image, image.length));
        }
    }

    @Test
    void anImageCutShortOrTooLongIsRefused() {
        UserTable table = new UserTable(new UserBudget(1_000), new ActiveSessions(60_000), new ClosedSessions(), 1);
        Random random = new Random(3);
        for (String user : new String[] {"somebody", "00112233-4455-6677-8899-aabbccddeeff"}) {
            byte[] image = image(user, UserTableTest.randomMemory(random), 1);
            for (int length = 0; length < image.length + 30; length++) {
                ByteBuffer damaged = ByteBuffer.wrap(Arrays.copyOf(image, length));
                if (length != image.length) {
                    assertThatIllegalArgumentException().isThrownBy(() -> table.restore(damaged, Image.VERSION, true));
                }
            }
        }
        assertThat(table.users()).isZero();
        assertThat(table.imageBytes()).isZero();
    }

    /** Such a time could not be told in a result. */
    @Test
    void aSessionThatBeginsBefore1970IsRefused() {
        Memory memory = UserTableTest.randomMemory(new Random(1));
        memory.startMs = 0;
        byte[] earliest = image("user", memory, 1);
        memory.startMs = -1;
        byte[] earlier = image("user", memory, 1);

        assertThatNoException().isThrownBy(() -> Image.check(earliest, earliest.length));
        assertThatIllegalArgumentException().isThrownBy(() -> Image.check(earlier, earlier.length));
    }

    @Test
    void randomBytesAreRefusedOrHarmless() {
        UserTable table = new UserTable(new UserBudget(100_000), new ActiveSessions(60_000), new ClosedSessions(), 1);
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] image = image("user " + random.nextInt(500), UserTableTest.randomMemory(random), i);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                image[random.nextInt(Math.min(image.length, 40))] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                table.restore(ByteBuffer.wrap(image), Image.VERSION, true);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 90_000);
        long[] bytes = new long[1];
        table.beginSweep();
        while (!table.sweep(10_000, Long.MIN_VALUE, (in, at, length) -> bytes[0] += length)) {}
        assertThat(bytes[0]).isEqualTo(table.imageBytes());
    }

    @Test
    void aUuidSpelledAsTextIsRefused() {
        byte[] asText = image("00112233-4455-6677-8899-aabbccddeefg", UserTableTest.randomMemory(new Random(1)), 1);
        asText[Image.keyAt(asText, 0) + 35] = 'f';
        assertThatIllegalArgumentException().isThrownBy(() -> Image.check(asText, asText.length));
    }

    private static UserKey key(String userId) {
        UserKey key = new UserKey();
        byte[] bytes = userId.getBytes(UTF_8);
        key.set(bytes, 0, bytes.length, 5);
        return key;
    }

    private static byte[] image(String userId, Memory memory, int seenAtSeconds) {
        byte[] image = new byte[Image.MAX_BYTES];
        Image.write(image, 0, key(userId), memory, seenAtSeconds);
        return Arrays.copyOf(image, Image.lengthBytes(image, 0));
    }
}
