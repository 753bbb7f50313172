package io.gatehouse.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would make a case file too long to read. */
class StatisticsTest {
    private final ReferenceJudge judge = new ReferenceJudge(address -> null, Settings.DEFAULTS);
    private int logins;

    @Test
    void after256ValuesOfAWindowNewOnesAreOther() {
        for (int i = 0; i < 300; i++) {
            login("locale-" + i);
        }
        login("locale-255");
        login("locale-256");

        Map<?, ?> locales = locales();
        assertThat(locales).hasSize(257);
        assertThat(spelling(locales.get("locale-0"))).isEqualTo("1");
        assertThat(spelling(locales.get("locale-255"))).isEqualTo("2");
        assertThat(spelling(locales.get("other"))).isEqualTo("45");
    }

    @Test
    void aValueSpelledOtherTakesNoPlace() {
        login("other");
        for (int i = 0; i < 257; i++) {
            login("locale-" + i);
        }
        assertThat(locales()).hasSize(257);
        assertThat(spelling(locales().get("other"))).isEqualTo("2");
        assertThat(spelling(locales().get("locale-255"))).isEqualTo("1");
    }

    private void login(String locale) {
        String event = "{\"user_id\":\"u\",\"timestamp\":\"2024-03-01T10:00:00Z\",\"locale\":\"" + locale + "\"}";
        judge.judge(event.getBytes(UTF_8), -1, "logins", 0, logins++);
    }

    private Map<?, ?> locales() {
        String value = judge.statistics(0).get("2024-03-01T10:00:00Z/0");
        return (Map<?, ?>) ((Map<?, ?>) History.members(value.getBytes(UTF_8)).get("by")).get("locale");
    }

    private static String spelling(Object number) {
        return ((JsonReader.NumberToken) number).spelling();
    }
}
