package io.gatehouse.app.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LineRunTest {
    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00.250Z");
    private static final String SAMPLE =
            "{\"user_id\": \"u1\", \"app_version\": \"2.3.0\", \"locale\": \"WA\", \"device_id\": \"d1\","
                    + " \"timestamp\": \"1694479551\", \"device_type\": \"android\"}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream deadLetters = new ByteArrayOutputStream();

    @Test
    void aLoginComesOutAsItsOwnBytesWithTheEnrichment() throws IOException {
        run(SAMPLE);

        assertThat(outLines())
                .containsExactly(SAMPLE.substring(0, SAMPLE.length() - 1)
                        + ",\"enrichment\":{\"schema_version\":1,\"event_time\":\"2023-09-12T00:45:51Z\","
                        + "\"processed_timestamp\":\"2025-06-01T12:00:00.250Z\",\"processing_delay_ms\":54299649250,"
                        + "\"hour_of_day\":0,\"day_of_week\":\"Tuesday\",\"is_weekend\":false,"
                        + "\"ip_category\":\"unknown\",\"geo\":null,"
                        + "\"device\":{\"platform\":\"android\",\"is_new\":true,\"known_devices\":1},"
                        + "\"version\":{\"major\":2,\"minor\":3,\"patch\":0,\"change\":\"first\"},"
                        + "\"session\":{\"id\":\"" + sessionId() + "\",\"is_new\":true,\"number\":1,\"login\":1,"
                        + "\"started_at\":\"2023-09-12T00:45:51Z\",\"gap_seconds\":null},"
                        + "\"is_late\":false,\"is_duplicate\":false,"
                        + "\"risk\":{\"score\":0,\"level\":\"none\",\"signals\":[]},"
                        + "\"source\":{\"topic\":\"logins.jsonl\",\"partition\":0,\"offset\":0}}}");
    }

    @Test
    void linesKeepTheirOrderAndTheirUsersAreRemembered() throws IOException {
        LineCounts counts = run((SAMPLE + "\n").repeat(1000));

        assertThat(counts.processed()).isEqualTo(1000);
        assertThat(outLines()).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(outLines().get(i)).contains("\"offset\":" + i + "}").contains("\"is_duplicate\":" + (i > 0));
        }
    }

    @Test
    void refusedLinesBecomeDeadLettersWithTheirLineNumberAndTheirBytes() throws IOException {
        String badIp = SAMPLE.replace("\"locale\"", "\"ip\":\"1.2.3\",\"locale\"");
        LineCounts counts = run(SAMPLE + "\n\nnonsense\r\n" + badIp);

        assertThat(outLines()).hasSize(1);
        assertThat(deadLetters.toString(StandardCharsets.US_ASCII).lines())
                .containsExactly(
                        "{\"reason\":\"empty_value\",\"line\":2,\"value\":\"\"}",
                        "{\"reason\":\"malformed_json\",\"line\":3,\"value\":\"" + base64("nonsense\r") + "\"}",
                        "{\"reason\":\"invalid_ip\",\"field\":\"ip\",\"line\":4,\"value\":\"" + base64(badIp) + "\"}");
        assertThat(counts)
                .hasToString("4 lines: 1 processed, 3 refused (empty_value 1, malformed_json 1, invalid_ip 1)");
    }

    @Test
    void aCarriageReturnBeforeTheLineFeedIsWhiteSpaceThatIsLeftBehind() throws IOException {
        run(SAMPLE + "\r\n");

        assertThat(outLines()).singleElement().asString().endsWith("}}").doesNotContain("\r");
    }

    @Test
    void aHugeLineIsADeadLetterInFull() throws IOException {
        String huge = "x".repeat(3_000_000);
        run(huge + "\n" + SAMPLE);

        assertThat(deadLetters.toString(StandardCharsets.US_ASCII))
                .startsWith("{\"reason\":\"too_large\",\"line\":1,\"value\":\""
                        + base64(huge).substring(0, 20))
                .hasSizeGreaterThan(4_000_000);
        assertThat(outLines()).hasSize(1);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void aResultIsShownBeforeTheNextLineIsWaitedFor() throws Exception {
        PipedOutputStream typed = new PipedOutputStream();
        try (PipedInputStream in = new PipedInputStream(typed);
                PipedOutputStream out = new PipedOutputStream();
                PipedInputStream shown = new PipedInputStream(out, 1 << 16);
                PartitionJudge judge = judge()) {
            LineRun run = new LineRun(judge, InstantSource.fixed(NOW), in, out, null);
            CompletableFuture<LineCounts> counts = CompletableFuture.supplyAsync(() -> {
                try {
                    return run.run();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            LineReader results = new LineReader(shown);

            typed.write((SAMPLE + "\n").getBytes(StandardCharsets.UTF_8));
            typed.flush();
            assertThat(results.next()).asString(StandardCharsets.UTF_8).contains("\"offset\":0}");
            typed.write((SAMPLE + "\n").getBytes(StandardCharsets.UTF_8));
            typed.flush();
            assertThat(results.next()).asString(StandardCharsets.UTF_8).contains("\"offset\":1}");
            typed.close();
            assertThat(counts.get().lines()).isEqualTo(2);
        }
    }

    @Test
    void aReaderWhoGoesAwayIsToldFromAFullDisk() {
        assertThatThrownBy(() -> run(SAMPLE, failing("Broken pipe"))).isInstanceOf(ReaderGoneException.class);
        assertThatThrownBy(() -> run(SAMPLE, failing("No space left on device")))
                .isNotInstanceOf(ReaderGoneException.class)
                .hasMessage("No space left on device");
    }

    private LineCounts run(String lines) throws IOException {
        return run(lines, out);
    }

    private LineCounts run(String lines, OutputStream to) throws IOException {
        InputStream in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
        try (PartitionJudge judge = judge()) {
            return new LineRun(judge, InstantSource.fixed(NOW), in, to, deadLetters).run();
        }
    }

    private static PartitionJudge judge() {
        return new PartitionJudge(JudgeSettings.DEFAULTS, GeoTable.empty(), new UserBudget(1000), "logins.jsonl", 0);
    }

    private List<String> outLines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String sessionId() {
        return outLines().get(0).replaceAll(".*\"session\":\\{\"id\":\"([0-9a-f]{16})\".*", "$1");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
