package io.gatehouse.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.app.Gatehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CapacityCommandTest {
    private static final Path PAGE = Path.of("../docs/capacity.md");
    /** A command and what it says, as they stand in the page. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "```sh\\R(?:\\./)?gatehouse (capacity [^\\n]*)\\R```\\R\\R```\\R(.*?)```\\R", Pattern.DOTALL);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void thePageSaysWhatTheCommandSays() throws Exception {
        Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
        int count = 0;
        while (examples.find()) {
            out.getBuffer().setLength(0);
            assertThat(run(examples.group(1).split(" "))).as(err.toString()).isZero();
            assertThat(out).as(examples.group(1)).hasToString(examples.group(2));
            count++;
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void jsonHasTheSameFiguresUnrounded() throws Exception {
        assertThat(run("capacity", "--rate", "100k", "--users", "50M", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("schema_version").asInt()).isEqualTo(1);
        assertThat(json.get("peak_rate").asLong()).isEqualTo(200_000);
        assertThat(json.at("/instances/count").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(json.at("/instances/max_users").asLong()).isBetween(1_000_000L, 50_000_000L);
        assertThat(json.get("partitions").asLong() % json.at("/instances/count").asLong())
                .isZero();
        assertThat(json.at("/disk_bytes/together").asDouble()).isGreaterThan(1e12);
        assertThat(json.at("/event_bytes/results").asDouble())
                .isGreaterThan(json.at("/event_bytes/input").asDouble());
        assertThat(json.at("/money_a_month/together").asDouble()).isPositive();
    }

    @Test
    void allThatIsOutOfBoundsIsToldAtOnce() {
        assertThat(run("capacity", "--rate", "0", "--headroom", "1", "--replication", "0", "--peak", "NaN"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--rate must be from 1 to 1000000000")
                .contains("--headroom must be from 0 to 0.9")
                .contains("--replication must be from 1 to 9")
                .contains("--peak must be from 1 to 100");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aHeapWithoutRoomForUsersIsTold() {
        assertThat(run("capacity", "--rate", "1k", "--heap-per-instance", "1", "--headroom", "0.8"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--heap-per-instance has no room for users");
    }

    @Test
    void aRateIsNeededAndMustBeOne() {
        assertThat(run("capacity")).isEqualTo(2);
        assertThat(err.toString()).contains("--rate");
        assertThat(run("capacity", "--rate", "many")).isEqualTo(2);
        assertThat(err.toString()).contains("'many' is no quantity");
    }

    @Test
    void helpHasExamples() {
        assertThat(run("capacity", "--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "gatehouse capacity --rate 1k");
    }

    private int run(String... arguments) {
        return Gatehouse.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
