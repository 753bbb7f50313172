package io.gatehouse.app.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void aLastLineWithoutLineFeedCounts() throws IOException {
        assertThat(lines("a\nb")).containsExactly("a", "b");
        assertThat(lines("a\nb\n")).containsExactly("a", "b");
    }

    @Test
    void emptyLinesAreLines() throws IOException {
        assertThat(lines("\n\na\n\n")).containsExactly("", "", "a", "");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void aCarriageReturnStaysPartOfItsLine() throws IOException {
        assertThat(lines("a\r\nb\r\n")).containsExactly("a\r", "b\r");
    }

    @Test
    void linesAreCutTheSameHoweverTheBytesArrive() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(300_000);
            while (text.length() < length) {
                text.append("x".repeat(random.nextInt(1 << random.nextInt(18)))).append('\n');
            }
            assertThat(read(new LineReader(trickle(text.toString(), random))))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(text.toString().lines().toList());
        }
    }

    @Test
    void aLineAsLongAsTheBoundIsReadAndALongerOneIsRefused() throws IOException {
        int bound = 100_000;
        String longest = "x".repeat(bound);

        assertThat(read(new LineReader(stream(longest + "\na\n" + longest), bound)))
                .containsExactly(longest, "a", longest);
        assertThatThrownBy(() -> read(new LineReader(stream(longest + "x"), bound)))
                .isInstanceOf(LineTooLongException.class);
        assertThatThrownBy(() -> read(new LineReader(stream(longest + "x\n"), bound)))
                .isInstanceOf(LineTooLongException.class);
    }

    @Test
    void waitingIsForeseenOnlyWhereNoWholeLineIsAtHand() throws IOException {
        LineReader reader = new LineReader(new InputStream() {
            private final byte[] first = "a\nb\nhal".getBytes(StandardCharsets.US_ASCII);
            private boolean given;

            @Override
            public int read() {
                throw new AssertionError("read in bulk");
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (given) {
                    return -1;
                }
                given = true;
                System.arraycopy(first, 0, to, offset, first.length);
                return first.length;
            }
        });

        assertThat(reader.mayWait()).isTrue();
        reader.next();
        assertThat(reader.mayWait()).isFalse();
        reader.next();
        assertThat(reader.mayWait()).isTrue();
        assertThat(reader.next()).asString(StandardCharsets.US_ASCII).isEqualTo("hal");
    }

    private static List<String> lines(String text) throws IOException {
        return read(new LineReader(stream(text)));
    }

    private static List<String> read(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] line;
        while ((line = reader.next()) != null) {
            lines.add(new String(line, StandardCharsets.UTF_8));
        }
        assertThat(reader.next()).isNull();
        return lines;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives as many bytes at a time as chance will have it. */
    private static InputStream trickle(String text, Random random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(50_000)));
            }
        };
    }
}
