package io.gatehouse.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    '',                                                                  ef46db3751d8e999
                    'a',                                                                 d24ec4f1a98c6e5b
                    'as',                                                                1c330fb2d66be179
                    'abc',                                                               44bc2cf5ad770999
                    'asdf',                                                              415872f599cea71e
                    'Nobody inspects the spammish repetition',                           fbcea83c8a378bf1
                    'Call me Ishmael. Some years ago--never mind how long precisely-',   02a2e85470d6fd96
                    """)
    void theHashOfAPublishedVectorIsThePublishedOne(String input, String hash) {
        assertThat(String.format("%016x", XxHash64.hash(input.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(hash);
    }
}
