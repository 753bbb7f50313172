package io.gatehouse.core.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.patch.Patched.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "remove a        | {\"a\":1,\"b\":2}               | {\"b\":2}",
                "remove a        | { \"a\" : 1 , \"b\" : 2 }       | { \"b\" : 2 }",
                "remove b        | { \"a\" : 1 , \"b\" : 2 }       | { \"a\" : 1  }",
                "remove b        | {\"a\":[1,2],\"b\":2,\"c\":3}   | {\"a\":[1,2],\"c\":3}",
                "remove a        | { \"a\" : 1 }                   | {  }",
                "remove a        | {\"a\":1,\"b\":2,\"a\":3}       | {\"b\":2}",
                "remove a        | {\"b\":2,\"a\":1,\"a\":3}       | {\"b\":2}",
                "remove a        | {\"a\":1,\"a\":3}               | {}",
                "remove a        | {\"\\u0061\":{\"a\":\"}\"}}     | {}",
                "rename uid=user | {\"uid\" : \"x\",\"b\":2}       | {\"user\" : \"x\",\"b\":2}",
                "rename u=é      | {\"\\u0075\":1}                 | {\"é\":1}",
                "rename a=a      | {\"a\":1}                       | {\"a\":1}",
                "cast a=string   | {\"a\":1.50e3 }                 | {\"a\":\"1.50e3\" }",
                "cast a=string   | {\"a\":true}                    | {\"a\":\"true\"}",
                "cast a=string   | {\"a\":\"b\\n\"}                | {\"a\":\"b\\n\"}",
                "cast a=number   | {\"a\":\"1.50e3\"}              | {\"a\":1.50e3}",
                "cast a=number   | {\"a\":-7}                      | {\"a\":-7}",
                "cast a=number   | {\"a\":\"\\u0037\"}             | {\"a\":7}",
                "cast a=integer  | {\"a\":1694479551.532}          | {\"a\":1694479551}",
                "cast a=integer  | {\"a\":\"-0.5\"}                | {\"a\":0}",
                "cast a=boolean  | {\"a\":\"true\"}                | {\"a\":true}",
                "set a=null      | {\"b\":1 , \"a\" : {\"x\":[]} } | {\"b\":1 , \"a\" : null }",
                "set a=\"x\"     | { }                             | {\"a\":\"x\" }",
                "set a=1         | {\"b\":1 }                      | {\"b\":1,\"a\":1 }",
                "set a=b=c       | {\"a\":1}                       | !",
            })
    void aRuleChangesWhatItIsAboutAndNothingElse(String rule, String before, String after) {
        if (after.equals("!")) {
            assertThatThrownBy(() -> patch(rule)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(patched(patch(rule), before)).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "remove a       | {\"b\":1}           | ABSENT",
                "rename a=b     | {\"c\":1}           | ABSENT",
                "rename a=b     | {\"a\":1,\"b\":1}   | THERE_ALREADY",
                "rename a=b     | {\"a\":1,\"a\":1}   | REPEATED",
                "cast a=string  | {\"b\":1}           | ABSENT",
                "cast a=string  | {\"a\":null}        | NO_CAST",
                "cast a=string  | {\"a\":[1]}         | NO_CAST",
                "cast a=number  | {\"a\":\"01\"}      | NO_CAST",
                "cast a=number  | {\"a\":\" 1\"}      | NO_CAST",
                "cast a=number  | {\"a\":\"NaN\"}     | NO_CAST",
                "cast a=number  | {\"a\":\"١\"}       | NO_CAST",
                "cast a=integer | {\"a\":1e9}         | NO_CAST",
                "cast a=integer | {\"a\":true}        | NO_CAST",
                "cast a=boolean | {\"a\":1}           | NO_CAST",
                "set a=1        | {\"a\":1,\"a\":1}   | REPEATED",
                "set a=1        | [1]                 | NOT_AN_OBJECT",
                "set a=1        | {\"a\":1}x          | NOT_AN_OBJECT",
                "set a=1        | {\"a\":01}          | NOT_AN_OBJECT",
                "set a=1        | {\"a\":\"\\x\"}     | NOT_AN_OBJECT",
                "set a=1        | {\"a\":1            | NOT_AN_OBJECT",
            })
    void aRuleThatDoesNotApplySaysWhy(String rule, String before, Problem why) {
        assertThat(patch(rule).apply(before.getBytes(UTF_8)).problem()).isEqualTo(why);
    }

    @Test
    void whateverTheirOrderRulesAreAppliedSoThatAMemberCanTakeAnothersPlace() {
        Patch patch =
                Patch.of(List.of("user_id"), List.of("uid=user_id"), List.of("user_id=string"), List.of("fixed=true"));
        assertThat(patched(patch, "{\"user_id\":null,\"uid\":42,\"z\":[{}]}"))
                .isEqualTo("{\"user_id\":\"42\",\"z\":[{}],\"fixed\":true}");
        assertThat(patch.words())
                .containsExactly("remove user_id", "rename uid=user_id", "cast user_id=string", "set fixed=true");
    }

    @Test
    void allRulesApplyOrNone() {
        Patched patched =
                Patch.of(List.of("a"), List.of("x=y"), List.of(), List.of()).apply("{\"a\":1}".getBytes(UTF_8));
        assertThat(patched.value()).isNull();
        assertThat(patched.rule()).isEqualTo("rename x=y");
    }

    @Test
    void withoutRulesAnyValueStaysTheSame() {
        Patch nothing = Patch.of(List.of(), List.of(), List.of(), List.of());
        byte[] value = {-1, 0, '{'};
        assertThat(nothing.apply(value).value()).isSameAs(value);
        assertThat(nothing.apply(null).applies()).isTrue();
        assertThat(nothing.apply(null).value()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rename a",
                "rename =a",
                "rename a=",
                "remove ",
                "cast a=long",
                "cast a",
                "set a",
                "set a=x",
                "set a='x'",
                "set a=1 2",
                "set a=",
                "set a=\"x"
            })
    void aRuleThatIsNoneIsNamed(String rule) {
        assertThatThrownBy(() -> patch(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void whatIsNoUtf8OrBeginsWithAByteOrderMarkIsNotPatched() {
        Patch patch = patch("set a=1");
        assertThat(patch.apply(new byte[] {'{', '"', -1, '"', ':', '1', '}'}).problem())
                .isEqualTo(Problem.NOT_AN_OBJECT);
        assertThat(patch.apply("\uFEFF{}".getBytes(UTF_8)).problem()).isEqualTo(Problem.NOT_AN_OBJECT);
        assertThat(patch.apply("{\0}\0".getBytes(ISO_8859_1)).problem()).isEqualTo(Problem.NOT_AN_OBJECT);
        assertThat(patch.apply(new byte[0]).problem()).isEqualTo(Problem.NOT_AN_OBJECT);
        assertThat(patch.apply(null).problem()).isEqualTo(Problem.NOT_AN_OBJECT);
    }

    @Test
    void nestingThatNobodyMeantIsNotPatched() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(patch("set a=1").apply(deep.getBytes(UTF_8)).problem()).isEqualTo(Problem.NOT_AN_OBJECT);
    }

    static Patch patch(String rule) {
        List<List<String>> rules = new ArrayList<>();
        for (String kind : List.of("remove ", "rename ", "cast ", "set ")) {
            rules.add(rule.startsWith(kind) ? List.of(rule.substring(kind.length())) : List.of());
        }
        return Patch.of(rules.get(0), rules.get(1), rules.get(2), rules.get(3));
    }

    private static String patched(Patch patch, String before) {
        Patched patched = patch.apply(before.getBytes(UTF_8));
        assertThat(patched.problem()).isNull();
        return new String(patched.value(), UTF_8);
    }
}
