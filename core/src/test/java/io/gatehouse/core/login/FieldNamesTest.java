package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
    @Test
    void whatIsNotRenamedIsCalledAsTheContractHasIt() {
        FieldNames names = FieldNames.renamed(Map.of(Field.USER_ID, "uid", Field.IP, "user_id"));

        assertThat(names.byField())
                .hasSize(Field.values().length)
                .containsEntry(Field.USER_ID, "uid")
                .containsEntry(Field.IP, "user_id")
                .containsEntry(Field.TIMESTAMP, "timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "é", "😀", "\uE000", "\u0000"})
    void anyTextIsAName(String name) {
        assertThat(FieldNames.isName(name)).isTrue();
        assertThat(FieldNames.renamed(Map.of(Field.LOCALE, name)).of(Field.LOCALE))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "enrichment", "user_id", "\uD83D", "a\uDE00"})
    void whatIsEmptyTakenOrNoTextIsNone(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldNames.renamed(Map.of(Field.LOCALE, name)))
                .withMessageContaining("locale");
    }

    @Test
    void eachFieldMustHaveOne() {
        Map<Field, String> names = new HashMap<>(FieldNames.DEFAULTS.byField());
        names.remove(Field.DEVICE_ID);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldNames(names))
                .withMessageContaining("device_id");
    }
}
