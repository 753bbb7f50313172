package io.gatehouse.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"800, 800", "0.5, 0.5", "1k, 1000", "100k, 100000", "2.5M, 2500000", "10M, 10000000", "1G, 1000000000"})
    void largeNumbersAreReadAsPeopleWriteThem(String text, double number) {
        assertThat(new Quantity().convert(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "1 k", "1K", "1m", "1e6", "1,000", "1.", ".5", "NaN", "1kk", "٣"})
    void whatIsNoQuantityIsToldAsSuch(String text) {
        assertThatThrownBy(() -> new Quantity().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is no quantity");
    }
}
