package io.gatehouse.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "99.4, 99 B",
        "999.4, 999 B",
        "999.5, 1.0 kB",
        "1500, 1.5 kB",
        "99940, 99.9 kB",
        "99960, 100 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "2.5e15, 2.5 PB",
        "7e21, 7000 EB"
    })
    void bytesHaveTwoOrThreeDigitsAndTheUnitThatFits(double number, String text) {
        assertThat(Amounts.bytes(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1000000, '1,000,000'", "1500.5, '1,500.5'", "3, 3"})
    void countsHaveSeparators(double number, String text) {
        assertThat(Amounts.count(number)).isEqualTo(text);
    }
}
