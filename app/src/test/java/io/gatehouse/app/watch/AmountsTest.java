package io.gatehouse.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.44, 0.4 s",
        "10, 10 s",
        "119, 119 s",
        "124, 2 m 4 s",
        "7200, 2 h 0 m",
        "172799, 47 h 59 m",
        "200000, 2 d 7 h",
        "Infinity, never",
        "NaN, -"
    })
    void aSpanIsToldInItsTwoLargestUnits(double seconds, String told) {
        assertThat(Amounts.span(seconds)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.25, 0.3", "12.6, 13", "-3, -3", "NaN, -"})
    void aSmallRateKeepsAFraction(double perSecond, String told) {
        assertThat(Amounts.rate(perSecond)).isEqualTo(told);
    }
}
