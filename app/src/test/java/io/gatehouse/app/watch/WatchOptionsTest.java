package io.gatehouse.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "lag, --every, 100ms, --every must be from 1s to 1m",
        "lag, --every, 2m, --every must be from 1s to 1m",
        "status, --for, 31d, --for must be at most 30d",
        "lag, --for, soon, is no time span",
        "status, --url, ftp://host, 'write http:// or https://, a host and a port'"
    })
    void whatIsOutOfBoundsIsNamedWithWhatIsAllowed(String command, String option, String value, String words) {
        StringWriter err = new StringWriter();
        int exitCode =
                Gatehouse.commandLine().setErr(new PrintWriter(err, true)).execute(command, option, value);

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(words);
    }
}
