package io.gatehouse.engine.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.core.login.Glimpse;
import io.gatehouse.core.login.Reason;
import io.gatehouse.engine.deadletter.DeadLetter;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LetterFilterTest {
    private static final Letter LETTER =
            letter(Reason.MISSING_FIELD, Field.USER_ID, "{\"app_version\":\"4.2.1\"}", 1_000);
    private static final Letter OF_THE_WHOLE = letter(Reason.MALFORMED_JSON, null, "hello", 1_000);

    @Test
    void whatIsEmptyAdmitsAll() {
        LetterFilter all = new LetterFilter(
                Set.of(), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), List.of(), List.of());
        assertThat(all.accepts(LETTER)).isTrue();
        assertThat(all.accepts(OF_THE_WHOLE)).isTrue();
        assertThat(all.hasPartition(7)).isTrue();
    }

    @Test
    void eachPartNarrowsWhatIsMeant() {
        assertThat(accepted(Set.of(Reason.MISSING_FIELD), Set.of(), Set.of())).isTrue();
        assertThat(accepted(Set.of(Reason.INVALID_IP), Set.of(), Set.of())).isFalse();
        assertThat(accepted(Set.of(), Set.of(Field.USER_ID, Field.IP), Set.of()))
                .isTrue();
        assertThat(accepted(Set.of(), Set.of(Field.IP), Set.of())).isFalse();
        assertThat(accepted(Set.of(), Set.of(), Set.of("4.2.1", "5"))).isTrue();
        assertThat(accepted(Set.of(), Set.of(), Set.of("4.2"))).isFalse();
        assertThat(accepted(Set.of(Reason.MISSING_FIELD), Set.of(Field.IP), Set.of("4.2.1")))
                .isFalse();
    }

    @Test
    void aLetterWithoutFieldOrVersionIsNotOfAnyThatAreNamed() {
        assertThat(filter(Set.of(), Set.of(Field.USER_ID), Set.of(), 0, 9_999).accepts(OF_THE_WHOLE))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), Set.of("4.2.1"), 0, 9_999).accepts(OF_THE_WHOLE))
                .isFalse();
    }

    @Test
    void theEndOfATimeIsNotWithinIt() {
        assertThat(filter(Set.of(), Set.of(), Set.of(), 1_000, 1_001).accepts(LETTER))
                .isTrue();
        assertThat(filter(Set.of(), Set.of(), Set.of(), 999, 1_000).accepts(LETTER))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), Set.of(), 1_001, 2_000).accepts(LETTER))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "user-login/3, true",
        "user-login/3/77, true",
        "user-login/3/70-77, true",
        "user-login/3/78-99, false",
        "user-login/3/76, false",
        "user-login/4, false",
        "elsewhere/3, false"
    })
    void aSourceIsAPartitionAnOffsetOrARange(String source, boolean isMeant) {
        SourceRange range = SourceRange.parse(source);
        assertThat(range).hasToString(source);
        assertThat(range.contains(LETTER.dead().source())).isEqualTo(isMeant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user-login", "user-login/", "user-login/3/", "user-login/3/5-", "a b/3", "user-login/3/7-5"})
    void whatIsNoSourceIsRefused(String source) {
        assertThatThrownBy(() -> SourceRange.parse(source)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean accepted(Set<Reason> reasons, Set<Field> fields, Set<String> versions) {
        return filter(reasons, fields, versions, 0, 9_999).accepts(LETTER);
    }

    private static LetterFilter filter(
            Set<Reason> reasons, Set<Field> fields, Set<String> versions, long fromMs, long toMs) {
        return new LetterFilter(reasons, fields, versions, fromMs, toMs, Set.of(), List.of(), List.of());
    }

    private static Letter letter(Reason reason, Field field, String value, long failedAtMs) {
        byte[] bytes = value.getBytes(UTF_8);
        DeadLetter dead = new DeadLetter(
                new ConsumerRecord<>("user-login-dlq", 1, 5, null, bytes),
                reason,
                field,
                new DeadLetter.Source("user-login", 3, 77, 5),
                failedAtMs,
                1);
        return new Letter(dead, Glimpse.of(bytes, FieldNames.DEFAULTS));
    }
}
