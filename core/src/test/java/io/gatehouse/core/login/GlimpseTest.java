package io.gatehouse.core.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlimpseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{\"app_version\":\"4.2.1\",\"device_type\":\"iOS\"}           | 4.2.1 | IOS",
                "{\"device_type\":\"Android\",\"app_version\":\"4.2.1\",\"x\": | 4.2.1 | ANDROID",
                "{\"nested\":{\"app_version\":\"1\"},\"app_version\":\"2\"}    | 2     | UNKNOWN",
                "{\"app_version\":4.2,\"device_type\":7}                       | -     | UNKNOWN",
                "{\"device_type\":\"unknown\"}                                 | -     | OTHER",
                "{\"device_type\":\"toaster\"}                                 | -     | OTHER",
                "[\"app_version\",\"4.2.1\"]                                   | -     | UNKNOWN",
                "hello                                                         | -     | UNKNOWN",
            })
    void whatIsReadBeforeTheFaultStands(String value, String version, Platform platform) {
        assertThat(Glimpse.of(value.getBytes(UTF_8), FieldNames.DEFAULTS)).isEqualTo(new Glimpse(version, platform));
    }

    @Test
    void fieldsAreFoundByTheNamesThatTheProducerGivesThem() {
        FieldNames names = FieldNames.renamed(Map.of(Field.APP_VERSION, "release"));
        assertThat(Glimpse.of("{\"app_version\":\"1\",\"release\":\"2\"}".getBytes(UTF_8), names)
                        .appVersion())
                .isEqualTo("2");
    }

    @Test
    void aVersionLongerThanIsAcceptedIsNone() {
        String value = "{\"app_version\":\"" + "1".repeat(257) + "\"}";
        assertThat(Glimpse.of(value.getBytes(UTF_8), FieldNames.DEFAULTS).appVersion())
                .isNull();
    }

    @Test
    void noBytesAtAllMakeItFail() {
        Random random = new Random(11);
        EventMutator events = new EventMutator(random.nextLong());
        assertThatCode(() -> {
                    Glimpse.of(null, FieldNames.DEFAULTS);
                    for (int i = 0; i < 50_000; i++) {
                        Glimpse.of(events.next(), FieldNames.DEFAULTS);
                    }
                    for (int i = 0; i < 10_000; i++) {
                        byte[] noise = new byte[random.nextInt(40)];
                        random.nextBytes(noise);
                        Glimpse.of(noise, FieldNames.DEFAULTS);
                    }
                })
                .doesNotThrowAnyException();
    }
}
