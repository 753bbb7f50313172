package io.gatehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Tells a partition's story login by login; each answer is the {@code enrichment} of the login just told. */
final class Story {
    static final Instant NOON = Instant.parse("2024-03-06T12:00:00Z");
    private static final long NOW_MS = Instant.parse("2024-03-09T08:07:06.054Z").toEpochMilli();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PartitionJudge judge =
            new PartitionJudge(JudgeSettings.DEFAULTS, GeoTable.empty(), new UserBudget(1_000), "user-login", 0, 1);
    private final Batch batch = new Batch();

    /** A login of somebody's, to be completed and {@link Told#told told}. */
    final class Told {
        private final ObjectNode event = JSON.createObjectNode().put("user_id", "somebody");

        Told with(String field, String value) {
            event.put(field, value);
            return this;
        }

        JsonNode told() {
            batch.clear();
            batch.add(null, event.toString().getBytes(UTF_8), 17, -1);
            judge.judge(batch, NOW_MS);
            try {
                return JSON.readTree(batch.output(0)).get("enrichment");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A login this long after noon. */
    Told login(Duration afterNoon) {
        Told told = new Told();
        told.event.put("timestamp", NOON.plus(afterNoon).toEpochMilli());
        return told;
    }

    /** A login this many minutes after noon. */
    Told login(long minutes) {
        return login(Duration.ofMinutes(minutes));
    }

    JsonNode session(long minutes) {
        return login(minutes).told().get("session");
    }

    PartitionJudge judge() {
        return judge;
    }
}
