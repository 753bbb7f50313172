package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Pipeline;
import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.Place;
import io.gatehouse.lab.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables of places that come and go under a pipeline that works: a damaged one, one renamed into place, one rewritten. */
@Timeout(120)
class GeoSwapTest {
    private static final int PARTITIONS = 4;
    private static final int MOST_UNJUDGED = 500;
    /** So many that each partition has more of them than can be unjudged. */
    private static final int PHASE = 5_000;

    private static final Pattern GEO = Pattern.compile("\"geo\":(.*?),\"device\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private EmbeddedBroker broker;
    private LivePipeline live;
    private Pipeline pipeline;
    private KafkaProducer<byte[], byte[]> producer;
    private Path file;
    private Thread traffic;
    private volatile long sent;

    @BeforeEach
    void aPipelineIsAtWork() throws IOException {
        file = Files.write(directory.resolve("places.geo"), table("FR", "US"));
        broker = EmbeddedBroker.temporary().start();
        live = new LivePipeline(
                        broker.bootstrap(),
                        "geo-swap",
                        "input.partitioning=keyed",
                        "geo.database=" + file,
                        "geo.check-interval=50ms",
                        "http.port=0")
                .createTopics();
        pipeline = Pipeline.start(live.configuration());
        producer = new KafkaProducer<>(live.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        traffic = new Thread(this::send, "traffic");
        traffic.start();
        awaitMore();
    }

    @AfterEach
    void stop() throws InterruptedException {
        isOver.set(true);
        traffic.join();
        producer.close();
        pipeline.close();
        live.close();
        broker.close();
    }

    @Test
    void eachEventIsOfOneTableAndTheTablesFollowEachOther() throws Exception {
        byte[] second = table("DE", "CA", "US");
        Files.write(file, Arrays.copyOf(second, second.length - 1));
        awaitReady("what is at geo.database cannot be used");
        awaitMore();
        assertThat(get("/health").body()).contains("\"built_at\":\"2026-06-05T00:00:00Z\"", "\"failures\":1");
        assertThat(get("/metrics").body())
                .contains("gatehouse_geo_swap_failures_total 1.0", "gatehouse_geo_degraded 1.0");

        Files.move(Files.write(directory.resolve("next"), second), file, StandardCopyOption.ATOMIC_MOVE);
        await("/metrics", "gatehouse_geo_swaps_total 1.0");
        awaitReady("\"warnings\":[]");
        awaitMore();

        Files.write(file, table("US", "FR", "DE"));
        await("/metrics", "gatehouse_geo_swaps_total 2.0");
        awaitMore();
        isOver.set(true);
        traffic.join();

        new Drain(live.settings(LivePipeline.WAIT)).await(LivePipeline.WAIT);
        List<List<String>> found = places();
        assertThat(found.stream().mapToInt(List::size).sum()).isEqualTo((int) sent);
        assertThat(found.stream().map(GeoSwapTest::withoutRepeats))
                .allSatisfy(ofPartition -> assertThat(ofPartition).containsExactly("FR US", "DE CA", "US FR"));
    }

    /** By partition, for each event in order: the countries that its table has for both addresses. */
    private List<List<String>> places() {
        // An address stands for a country of its table, so it tells which table an event is of.
        Map<String, String> tables = Map.of(
                "8 FR", "FR US", "9 US", "FR US", "8 DE", "DE CA", "9 CA", "DE CA", "8 US", "US FR", "9 FR", "US FR");
        Map<Integer, List<String>> found = new TreeMap<>();
        try (TopicReader reader = new TopicReader(live.kafka(), List.of(live.processed()), record -> {
            String value = new String(record.value(), UTF_8);
            Matcher geo = GEO.matcher(value);
            assertThat(geo.find()).isTrue();
            String country = geo.group(1).replaceAll(".*\"country\":\"(..)\".*", "$1");
            // The whole object, so that no part of it is another table's.
            assertThat(geo.group(1)).isEqualTo(json(country));
            String block = value.replaceAll(".*\"ip\":\"(.)\\..*", "$1");
            found.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                    .add(tables.getOrDefault(block + " " + country, value));
        })) {
            reader.read(List.of(live.processed()));
        }
        assertThat(found).hasSize(PARTITIONS);
        return List.copyOf(found.values());
    }

    private static String json(String country) {
        return "{\"continent\":\"EU\",\"country\":\"" + country + "\",\"region\":\"Region of " + country
                + "\",\"city\":null,\"latitude\":null,\"longitude\":null,\"accuracy_radius_km\":250}";
    }

    private static List<String> withoutRepeats(List<String> values) {
        List<String> without = new ArrayList<>();
        for (String value : values) {
            if (without.isEmpty() || !without.get(without.size() - 1).equals(value)) {
                without.add(value);
            }
        }
        return without;
    }

    private void send() {
        for (long number = 0; !isOver.get(); number++) {
            byte[] user = ("user" + number % 50).getBytes(UTF_8);
            String event = "{\"user_id\":\"user" + number % 50 + "\",\"timestamp\":" + (1_700_000_000 + number)
                    + ",\"ip\":\"" + (8 + number / 50 % 2) + ".1.2.3\"}";
            producer.send(new ProducerRecord<>(live.input(), user, event.getBytes(UTF_8)));
            if (number % 50 == 49) {
                producer.flush();
                awaitJudged(number - MOST_UNJUDGED);
            }
            sent = number + 1;
        }
        producer.flush();
    }

    private void awaitJudged(long events) {
        while (pipeline.status().tally().accepted() < events && !isOver.get()) {
            Thread.onSpinWait();
        }
    }

    /** Waits until every partition has judged some that were sent from now on. */
    private void awaitMore() {
        long enough = sent + PHASE;
        LivePipeline.await(() -> pipeline.status().tally().accepted() >= enough);
    }

    private void awaitReady(String words) {
        LivePipeline.await(() -> {
            HttpResponse<String> answer = get("/health/ready");
            return answer.statusCode() == 200 && answer.body().contains(words);
        });
    }

    private void await(String path, String words) {
        LivePipeline.await(() -> get(path).body().contains(words));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = pipeline.httpAddress().orElseThrow().resolve(path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Where 8.0.0.0/8 is in the first country, 9.0.0.0/8 in the second, and so on. */
    private static byte[] table(String... countries) {
        Instant builtAt = Instant.parse("2026-06-05T00:00:00Z");
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.REGION, new GeoSource("test", builtAt, "", ""));
        for (int i = 0; i < countries.length; i++) {
            long first = 8L + i << 24;
            Place place = new Place("EU", countries[i], "Region of " + countries[i], null, null, null, null);
            writer.addIpv4(first, first | 0xFFFFFF, writer.record(place));
        }
        return writer.toBytes();
    }
}
