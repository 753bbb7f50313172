package io.gatehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.geo.Place;
import io.gatehouse.core.profile.UserBudget;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A table put into service while a judge works: the batches from then on are of the new one, and counts go on by name. */
class GeoSwapTest {
    private final GeoTables tables = new GeoTables(table("FR", "US"));
    private final Batch batch = new Batch();
    private long offset;

    @Test
    void eachBatchIsOfTheTableThatWasInServiceWhenItBegan() {
        try (PartitionJudge judge = judge()) {
            assertThat(geoOf(judge, "8.1.2.3")).contains("\"country\":\"FR\"");
            tables.replace(table("DE"));
            assertThat(geoOf(judge, "8.1.2.3")).contains("\"country\":\"DE\"");
            assertThat(geoOf(judge, "9.1.2.3")).contains("\"geo\":null");
            tables.replace(GeoTable.empty());
            assertThat(geoOf(judge, "8.1.2.3")).contains("\"geo\":null");
        }
    }

    @Test
    void aWindowThatIsOpenWhenTheTableChangesGoesOnByNamesAndNotByNumbers() {
        LastPublished published = new LastPublished();
        try (PartitionJudge judge = judge()) {
            geoOf(judge, "8.0.0.1");
            geoOf(judge, "9.0.0.1");
            tables.replace(table("US", "CA"));
            geoOf(judge, "8.0.0.1");
            geoOf(judge, "9.0.0.1");
            tables.replace(table("FR"));
            geoOf(judge, "8.0.0.1");
            judge.publishAll(published);
        }
        assertThat(published.statistics().values())
                .singleElement()
                .extracting(value -> new String(value, UTF_8))
                .asString()
                .contains("\"country\":{\"FR\":2,\"US\":2,\"CA\":1}");
    }

    @Test
    void aSwapWhileABatchIsJudgedShowsInNoneOfItsEvents() throws InterruptedException {
        GeoTable[] both = {table("FR", "US"), table("US", "CA", "FR")};
        AtomicBoolean isOver = new AtomicBoolean();
        Thread swapping = new Thread(() -> {
            for (int i = 0; !isOver.get(); i++) {
                tables.replace(both[i % 2]);
            }
        });
        swapping.start();
        Set<String> seen = new TreeSet<>();
        try (PartitionJudge judge = judge()) {
            for (int i = 0; i < 300; i++) {
                batch.clear();
                for (int logins = 0; logins < 50; logins++) {
                    add("8.1.2.3");
                    add("9.1.2.3");
                }
                judge.judge(batch, 1_700_000_000_000L);
                Set<String> countries = new TreeSet<>();
                for (int event = 0; event < batch.size(); event += 2) {
                    countries.add(countryOf(event) + " " + countryOf(event + 1));
                }
                assertThat(countries).hasSize(1);
                seen.addAll(countries);
            }
        } finally {
            isOver.set(true);
            swapping.join();
        }
        assertThat(seen).isSubsetOf("FR US", "US CA");
    }

    private String countryOf(int event) {
        String output = new String(batch.output(event), UTF_8);
        int at = output.indexOf("\"country\":\"") + 11;
        return output.substring(at, at + 2);
    }

    private void add(String ip) {
        String event = "{\"user_id\":\"u\",\"timestamp\":1694479551,\"ip\":\"" + ip + "\"}";
        batch.add(null, event.getBytes(UTF_8), offset++, -1);
    }

    private PartitionJudge judge() {
        return new PartitionJudge(JudgeSettings.DEFAULTS, tables, new UserBudget(100), "user-login", 0, 1);
    }

    private String geoOf(PartitionJudge judge, String ip) {
        batch.clear();
        add(ip);
        judge.judge(batch, 1_700_000_000_000L);
        return new String(batch.output(0), UTF_8);
    }

    /** Where 8.0.0.0/8 is in the first country, 9.0.0.0/8 in the second, and so on. */
    private static GeoTable table(String... countries) {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.COUNTRY, new GeoSource("test", Instant.EPOCH, "", ""));
        for (int i = 0; i < countries.length; i++) {
            long first = 8 + i << 24;
            writer.addIpv4(
                    first,
                    first | 0xFFFFFF,
                    writer.record(new Place("EU", countries[i], null, null, null, null, null)));
        }
        return GeoTable.read(ByteBuffer.wrap(writer.toBytes()));
    }
}
