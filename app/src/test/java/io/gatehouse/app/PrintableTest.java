package io.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(Printable.escape("Größe 3 ≤ 4 😀")).isEqualTo("Größe 3 ≤ 4 😀");
    }

    @Test
    void whatATerminalOrAReaderWouldObeyIsEscaped() {
        assertThat(Printable.escape("a\u001b[2Jb\nc\u202ed\ud800e")).isEqualTo("a\\u001b[2Jb\\u000ac\\u202ed\\ud800e");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(Printable.excerpt("😀".repeat(300))).isEqualTo("😀".repeat(200) + "…");
    }
}
