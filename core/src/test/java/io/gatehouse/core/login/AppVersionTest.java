package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppVersionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "2.3.0|2.3.0",
                "2.3|2.3.0",
                "2|2.0.0",
                "0|0.0.0",
                "v2.3.1|2.3.1",
                "v7|7.0.0",
                "65535.65535.65535|65535.65535.65535",
                "0000000000000000000002.003.00065535|2.3.65535",
                "1-beta|1.0.0",
                "1.2+45|1.2.0",
                "1.2.3-rc.1+build|1.2.3",
                "1.2.3 (4711)|1.2.3",
                "1.2 beta|1.2.0",
                "1 |1.0.0",
                "1-|1.0.0",
                "1.2.3.|1.2.3",
                "1.2.3.4.5|1.2.3",
                "1.2.3.x|1.2.3",
                "1.2.3-😀|1.2.3",
            })
    void aVersionHasUpToThreePartsAndWhatMayFollow(String text, String version) {
        long packed = parse(text);

        assertThat(AppVersion.major(packed) + "." + AppVersion.minor(packed) + "." + AppVersion.patch(packed))
                .isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v",
                "vv1",
                "V1",
                " 1",
                "-1",
                "+1",
                ".1",
                "v.1",
                "1.",
                "1.2.",
                "1..2",
                "1.-beta",
                "1.2.-",
                "1.x",
                "1x",
                "1.2x",
                "1.2.3x",
                "1.2_3",
                "1,2",
                "1\t",
                "1.2.3\n",
                "beta",
                "x1",
                "65536",
                "1.65536",
                "1.2.65536",
                "4294967296",
                "99999999999999999999",
                "１",
                "1.٣",
                "1.2.3é"
            })
    void anythingElseIsNone(String text) {
        assertThat(parse(text)).isEqualTo(AppVersion.NONE);
    }

    @Test
    void anAbsentTextIsNone() {
        assertThat(AppVersion.parse(new Login().appVersion())).isEqualTo(AppVersion.NONE);
    }

    @Test
    void versionsCompareAsNumbers() {
        assertThat(new String[] {"1.9.9", "1.10.0", "1.10.1", "2", "10.0.0", "65535"})
                .extracting(AppVersionTest::parse)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    /** Amid other digits, so that reading past either end would show. */
    private static long parse(String text) {
        byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        Login login = new Login();
        login.take(bytes);
        login.begin(null, 0, bytes.length);
        login.appVersion().set(1, bytes.length - 1);
        return AppVersion.parse(login.appVersion());
    }
}
