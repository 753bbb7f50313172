package io.gatehouse.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceJudgeTest {
    private static final long RECEIVED = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    @Test
    void aProcessedEventIsTheOriginalMembersAndThenTheEnrichment() {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("country", "FI");
        place.put("city", "L\u00f6yly \"\\\n");
        place.put("latitude", 60.0);
        place.put("longitude", -24.93804);
        place.put("accuracy_radius_km", 50L);
        place.put("region", null);
        ReferenceJudge judge = new ReferenceJudge(address -> place, Settings.DEFAULTS);

        Verdict verdict = judge.judge(
                utf8(" {\"user_id\" : \"u\",\n\"ip\":\"80.222.149.199\",\"app_version\":\"2.3\","
                        + "\"timestamp\":1694479551, \"x\":1e400 \t} "),
                RECEIVED,
                "logins",
                3,
                17);

        assertThat(new String(((Verdict.Accepted) verdict).output(1694479551042L), StandardCharsets.UTF_8))
                .isEqualTo("{\"user_id\" : \"u\",\n\"ip\":\"80.222.149.199\",\"app_version\":\"2.3\","
                        + "\"timestamp\":1694479551, \"x\":1e400,\"enrichment\":{\"schema_version\":1,"
                        + "\"event_time\":\"2023-09-12T00:45:51Z\","
                        + "\"processed_timestamp\":\"2023-09-12T00:45:51.042Z\",\"processing_delay_ms\":42,"
                        + "\"hour_of_day\":0,\"day_of_week\":\"Tuesday\",\"is_weekend\":false,"
                        + "\"ip_category\":\"public\",\"geo\":{\"country\":\"FI\","
                        + "\"city\":\"L\u00f6yly \\\"\\\\\\u000a\",\"latitude\":60.0,\"longitude\":-24.938,"
                        + "\"accuracy_radius_km\":50,\"region\":null},"
                        + "\"device\":{\"platform\":\"unknown\",\"is_new\":false,\"known_devices\":0},"
                        + "\"version\":{\"major\":2,\"minor\":3,\"patch\":0,\"change\":\"first\"},"
                        + "\"session\":{\"id\":\"776033ef782824bf\",\"is_new\":true,\"number\":1,\"login\":1,"
                        + "\"started_at\":\"2023-09-12T00:45:51Z\",\"gap_seconds\":null},"
                        + "\"is_late\":false,\"is_duplicate\":false,"
                        + "\"risk\":{\"score\":0,\"level\":\"none\",\"signals\":[]},"
                        + "\"source\":{\"topic\":\"logins\",\"partition\":3,\"offset\":17}}}");
    }

    @Test
    void withoutMemoryEachLoginStandsAlone() {
        Settings contract = Settings.DEFAULTS;
        ReferenceJudge judge = new ReferenceJudge(
                address -> null,
                new Settings(
                        contract.maxEventBytes(),
                        contract.sessionGapMs(),
                        contract.retentionMs(),
                        contract.sessionsLatenessMs(),
                        contract.statsWindowMs(),
                        false));
        for (int offset = 0; offset < 2; offset++) {
            Verdict verdict = judge.judge(
                    utf8("{\"user_id\":\"u\",\"timestamp\":1694479551,\"device_id\":\"d\",\"app_version\":\"2.3\"}"),
                    RECEIVED,
                    "logins",
                    0,
                    offset);
            assertThat(new String(((Verdict.Accepted) verdict).output(RECEIVED), StandardCharsets.UTF_8))
                    .contains("\"device\":{\"platform\":\"unknown\",\"is_new\":false,\"known_devices\":0},"
                            + "\"version\":{\"major\":2,\"minor\":3,\"patch\":0,\"change\":null},"
                            + "\"session\":null,\"is_late\":false,\"is_duplicate\":false,");
        }
        assertThat(judge.closedSessions()).isEmpty();
        assertThat(judge.openSessions()).isEmpty();
        assertThat(judge.statistics(0).get("2023-09-12T00:45:00Z/0"))
                .contains("\"logins\":2,\"new_users\":0,\"sessions_started\":0,\"late\":0,\"duplicates\":0,")
                .contains("\"distinct_users\":{\"exact\":1,");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
