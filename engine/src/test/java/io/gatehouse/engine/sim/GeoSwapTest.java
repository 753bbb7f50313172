package io.gatehouse.engine.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.geo.Place;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.worker.Worker;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another table of places comes into service between a transaction's abort and its being sent again. */
class GeoSwapTest {
    private static final String INPUT = "user-login";
    private static final TopicPartition PROCESSED = new TopicPartition("processed-user-login", 0);
    private static final String DEAD_LETTERS = "user-login-dlq";
    private static final int STEPS = 400;
    private static final int ENOUGH_SWAPS = 4;
    private static final int MOST_STEPS = 4_000;
    private static final int ROUNDS_TO_FINISH = 2_000;
    private static final int FAULTS_IN_A_THOUSAND = 60;
    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)}}}$");
    private static final Pattern COUNTRY = Pattern.compile("\"country\":\"(..)\"");
    private static final GeoTable EVEN = table("FR");
    private static final GeoTable ODD = table("US");

    private final GeoTables tables = new GeoTables(EVEN);
    private int swaps;
    /** How many transactions there were when one was last found aborted. */
    private int aborted;

    /** What each input offset came to, in the order of being sent. */
    private final Map<Long, List<SimLog.Entry>> sent = new TreeMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsSentAgainIsOfTheTableThatItWasJudgedBy(long seed) {
        Random random = new Random(seed);
        SimKafka kafka = new SimKafka(
                random,
                Flaws.NONE,
                INPUT,
                1,
                List.of(PROCESSED.topic(), DEAD_LETTERS, "login-sessions", "login-stats", "gatehouse-state"),
                FAULTS_IN_A_THOUSAND);
        kafka.spareProcesses();
        SimTraffic traffic = new SimTraffic(kafka, INPUT, random);
        Worker worker = worker(kafka);
        for (int i = 0; i < STEPS || swaps < ENOUGH_SWAPS && i < MOST_STEPS; i++) {
            traffic.append(1 + random.nextInt(4));
            turn(kafka, worker);
        }
        kafka.calm();
        for (int i = 0; i < ROUNDS_TO_FINISH && !kafka.isDrained(INPUT); i++) {
            turn(kafka, worker);
        }

        collect(kafka.log(PROCESSED));
        assertThat(swaps).isGreaterThanOrEqualTo(ENOUGH_SWAPS);
        assertThat(sent.values().stream().filter(copies -> copies.size() > 1)).hasSizeGreaterThan(10);
        assertThat(sent).allSatisfy((offset, copies) -> {
            assertThat(copies.stream()
                            .map(SimLog.Entry::value)
                            .map(value -> new String(value, UTF_8))
                            .distinct())
                    .as("what was sent for offset " + offset)
                    .hasSize(1);
            assertThat(copies.stream().filter(copy -> copy.transaction().isCommitted()))
                    .as("what is committed of offset " + offset)
                    .hasSize(1);
        });
        assertThat(sent.values().stream().map(copies -> countryOf(copies.get(0))))
                .contains("FR", "US");
        assertThat(sent.size() + committed(kafka.log(new TopicPartition(DEAD_LETTERS, 0))))
                .isEqualTo(kafka.log(new TopicPartition(INPUT, 0)).endOffset());
    }

    /** Swaps whenever the newest transaction has failed: what it held waits to be sent again. */
    private void turn(SimKafka kafka, Worker worker) {
        kafka.pass(20);
        worker.turn();
        List<SimTransaction> all = kafka.transactions();
        if (aborted != all.size()
                && !all.get(all.size() - 1).isOpen()
                && !all.get(all.size() - 1).isCommitted()) {
            aborted = all.size();
            tables.replace(tables.current() == EVEN ? ODD : EVEN);
            swaps++;
        }
    }

    private void collect(SimLog log) {
        for (long offset = 0; offset < log.endOffset(); offset++) {
            SimLog.Entry entry = log.at(offset);
            if (!entry.marker()) {
                Matcher source = OFFSET.matcher(new String(entry.value(), UTF_8));
                assertThat(source.find()).isTrue();
                sent.computeIfAbsent(Long.valueOf(source.group(1)), key -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    private static long committed(SimLog log) {
        long committed = 0;
        for (long offset = 0; offset < log.endOffset(); offset++) {
            committed += log.isVisible(offset) ? 1 : 0;
        }
        return committed;
    }

    private static String countryOf(SimLog.Entry entry) {
        Matcher country = COUNTRY.matcher(new String(entry.value(), UTF_8));
        return country.find() ? country.group(1) : "none";
    }

    private Worker worker(SimKafka kafka) {
        EngineSettings settings = SimSettings.of("i0");
        return new Worker(0, settings, tables, new UserBudget(1_000), () -> 1, new SimClients(kafka), kafka, kafka);
    }

    /** All of the traffic's addresses are in one country. */
    private static GeoTable table(String country) {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.COUNTRY, new GeoSource("test", Instant.EPOCH, "", ""));
        writer.addIpv4(0x08000000L, 0x08FFFFFFL, writer.record(new Place("EU", country, null, null, null, null, null)));
        return GeoTable.read(ByteBuffer.wrap(writer.toBytes()));
    }
}
