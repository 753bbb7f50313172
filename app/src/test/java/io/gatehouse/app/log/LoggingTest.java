package io.gatehouse.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Isolated("replaces standard error")
class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.test.Speaker");

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setErr(before);
        Logging.configure(LogFormat.TEXT, LogLevel.WARN);
    }

    @Test
    void textIsOneLineAnEventWithNothingRawInIt() {
        configure(LogFormat.TEXT, LogLevel.INFO);
        LOG.info("seen {}", "a\nb\u001b[31m");

        assertThat(written())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[[^]]+] Speaker: "
                        + "seen a\\\\u000ab\\\\u001b\\[31m\n");
    }

    @Test
    void aTraceCannotPassForLogLines() {
        configure(LogFormat.TEXT, LogLevel.INFO);
        LOG.warn("failed", new IllegalStateException("x\n2026-01-01T00:00:00.000Z INFO forged"));

        assertThat(written().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
    }

    @Test
    void jsonHasTheFieldNamesOfTheElasticCommonSchema() {
        configure(LogFormat.JSON, LogLevel.INFO);
        LOG.info("seen {}", "a\nb");

        assertThat(written())
                .contains("\"@timestamp\":", "\"log.level\":", "\"service.name\":\"gatehouse\"", "seen a\\nb")
                .hasLineCount(1);
    }

    @Test
    void theLevelIsGatehousesOwnAndEverythingElseWarns() {
        configure(LogFormat.TEXT, LogLevel.DEBUG);
        LOG.debug("ours");
        LoggerFactory.getLogger("org.apache.kafka.clients.consumer.X").info("theirs");
        LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").warn("each second");

        assertThat(written()).contains("ours").doesNotContain("theirs", "each second");
    }

    private void configure(LogFormat format, LogLevel level) {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logging.configure(format, level);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
