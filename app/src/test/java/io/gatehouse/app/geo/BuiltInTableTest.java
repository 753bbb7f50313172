package io.gatehouse.app.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoInfo;
import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.reference.TablePlaces;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuiltInTableTest {
    private static final GeoTable TABLE = GeoDatabase.builtIn();

    @Test
    void itHoldsBothFamiliesAtCityLevelInLessThanSixteenMegabytes() {
        GeoInfo info = TABLE.info();
        assertThat(info.level()).isEqualTo(GeoLevel.CITY);
        assertThat(info.ipv4Ranges()).isGreaterThan(3_000_000);
        assertThat(info.ipv6Ranges()).isGreaterThan(3_000_000);
        assertThat(info.countries()).isBetween(245, 260);
        assertThat(GeoDatabase.builtInFile().remaining()).isLessThan(16_000_000);
    }

    @Test
    void itTellsItsSourceLicenceAndAttribution() {
        assertThat(TABLE.info().source().name()).contains("DB-IP");
        assertThat(TABLE.info().source().licence()).contains("CC BY 4.0");
        assertThat(TABLE.info().source().attribution()).contains("https://db-ip.com");
    }

    @Test
    void itKnowsPlacesOfBothFamilies() {
        assertThat(GeoTables.jsonAt(TABLE, "8.8.8.8"))
                .startsWith("{\"continent\":\"NA\",\"country\":\"US\",\"region\":\"");
        assertThat(GeoTables.jsonAt(TABLE, "81.2.69.142"))
                .startsWith("{\"continent\":\"EU\",\"country\":\"GB\",\"region\":\"England\",\"city\":\"");
        assertThat(GeoTables.jsonAt(TABLE, "2001:200::1")).startsWith("{\"continent\":\"AS\",\"country\":\"JP\",");
    }

    @Test
    void itAnswersAsTheReferenceDoes() throws IOException {
        long seed = 11;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] file = new byte[GeoDatabase.builtInFile().remaining()];
        GeoDatabase.builtInFile().get(file);
        TablePlaces reference = new TablePlaces(file);
        IpAddress address = new IpAddress();
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(octets);
            if (octets.length == 4) {
                address.setIpv4(ByteBuffer.wrap(octets).getInt());
            } else {
                octets[0] = (byte) (random.nextBoolean() ? 0x2a : 0x26);
                octets[1] = (byte) random.nextInt(16);
                address.setIpv6(
                        ByteBuffer.wrap(octets).getLong(),
                        ByteBuffer.wrap(octets).getLong(8));
            }
            Map<String, Object> expected = reference.find(octets);
            int place = TABLE.find(address);
            assertThat(place == GeoTable.NOWHERE).isEqualTo(expected == null);
            if (expected != null) {
                found++;
                assertThat(json(place)).isEqualTo(written(expected));
            }
        }
        assertThat(found).isGreaterThan(50_000);
    }

    private static String json(int place) {
        byte[] json = new byte[TABLE.jsonLength(place)];
        TABLE.copyJson(place, json, 0);
        return new String(json, StandardCharsets.UTF_8);
    }

    private static String written(Map<String, Object> members) {
        StringBuilder json = new StringBuilder();
        members.forEach((name, value) -> json.append(json.isEmpty() ? '{' : ',')
                .append('"')
                .append(name)
                .append("\":")
                .append(written(value)));
        return json.append('}').toString();
    }

    private static String written(Object value) {
        if (value instanceof String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        return value instanceof Double number ? degrees(number) : String.valueOf(value);
    }

    private static String degrees(double number) {
        BigDecimal shortest = BigDecimal.valueOf(number).stripTrailingZeros();
        return shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
    }
}
