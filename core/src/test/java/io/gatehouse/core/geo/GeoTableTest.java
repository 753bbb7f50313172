package io.gatehouse.core.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.reference.TablePlaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GeoTableTest {
    static final GeoSource SOURCE = new GeoSource("test", Instant.parse("2026-06-05T12:00:00Z"), "none", "nobody");
    static final Place SEATTLE = new Place("NA", "US", "Washington", "Seattle", 47.60621, -122.33207, null);
    static final Place LONDON = new Place("EU", "GB", "England", "London", 51.5, 0.0, 100);

    private final IpAddress address = new IpAddress();

    @Test
    void anAddressIsFoundFromTheFirstToTheLastOfItsRange() {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.CITY, SOURCE);
        writer.addIpv4(0x01020300L, 0x010203ffL, writer.record(SEATTLE));
        writer.addIpv6(0x2001021800000000L, 0x20010218ffffffffL, writer.record(LONDON));
        GeoTable table = read(writer);
        assertThat(cityAt(table, "1.2.2.255")).isNull();
        assertThat(cityAt(table, "1.2.3.0")).contains("\"Seattle\"");
        assertThat(cityAt(table, "1.2.3.255")).contains("\"Seattle\"");
        assertThat(cityAt(table, "1.2.4.0")).isNull();
        assertThat(cityAt(table, "0.0.0.0")).isNull();
        assertThat(cityAt(table, "255.255.255.255")).isNull();
        assertThat(cityAt(table, "2001:217:ffff:ffff:ffff:ffff:ffff:ffff")).isNull();
        assertThat(cityAt(table, "2001:218::")).contains("\"London\"");
        assertThat(cityAt(table, "2001:218:ffff:ffff:ffff:ffff:ffff:ffff")).contains("\"London\"");
        assertThat(cityAt(table, "2001:219::")).isNull();
        assertThat(cityAt(table, "::")).isNull();
        assertThat(cityAt(table, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isNull();
    }

    @Test
    void aRangeIsToldFromItsFirstAddressToItsLast() {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.CITY, SOURCE);
        writer.addIpv4(0x01020300L, 0x010203ffL, writer.record(SEATTLE));
        writer.addIpv6(0x2001021800000000L, 0x20010218ffffffffL, writer.record(LONDON));
        GeoTable table = read(writer);
        assertThat(rangeAt(table, "1.2.3.4")).isEqualTo("1.2.3.0 - 1.2.3.255");
        assertThat(rangeAt(table, "200.1.1.1")).isEqualTo("1.2.4.0 - 255.255.255.255");
        assertThat(rangeAt(table, "2001:218:1::1"))
                .isEqualTo("2001:218:0:0:: - 2001:218:ffff:ffff:ffff:ffff:ffff:ffff");
        assertThat(rangeAt(table, "::1")).isEqualTo("0:0:0:0:: - 2001:217:ffff:ffff:ffff:ffff:ffff:ffff");
        assertThat(rangeAt(table, "fe80::1")).isEqualTo("2001:219:0:0:: - ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        assertThat(rangeAt(GeoTable.empty(), "fe80::1"))
                .isEqualTo("0:0:0:0:: - ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    }

    @Test
    void aPlaceIsRenderedAsTheContractsObject() {
        assertThat(rendered(GeoLevel.CITY, SEATTLE))
                .isEqualTo("{\"continent\":\"NA\",\"country\":\"US\",\"region\":\"Washington\",\"city\":\"Seattle\","
                        + "\"latitude\":47.6062,\"longitude\":-122.3321,\"accuracy_radius_km\":50}");
        assertThat(rendered(GeoLevel.CITY, LONDON))
                .isEqualTo("{\"continent\":\"EU\",\"country\":\"GB\",\"region\":\"England\",\"city\":\"London\","
                        + "\"latitude\":51.5,\"longitude\":0.0,\"accuracy_radius_km\":100}");
    }

    @Test
    void whatIsUnknownIsNullAndTheRadiusFollowsWhatIsKnown() {
        assertThat(rendered(GeoLevel.CITY, new Place("EU", "DE", "Berlin", null, 52.0, 13.0, null)))
                .endsWith("\"region\":\"Berlin\",\"city\":null,\"latitude\":52.0,\"longitude\":13.0,"
                        + "\"accuracy_radius_km\":250}");
        assertThat(rendered(GeoLevel.CITY, new Place("EU", "DE", null, null, null, null, null)))
                .endsWith("\"country\":\"DE\",\"region\":null,\"city\":null,\"latitude\":null,\"longitude\":null,"
                        + "\"accuracy_radius_km\":null}");
        assertThat(rendered(GeoLevel.CITY, new Place("AS", "SG", null, "Singapore", 1.0005, -0.00004, null)))
                .endsWith("\"region\":null,\"city\":\"Singapore\",\"latitude\":1.0005,\"longitude\":0.0,"
                        + "\"accuracy_radius_km\":50}");
        assertThat(rendered(GeoLevel.CITY, new Place("EU", null, null, null, null, null, null)))
                .startsWith("{\"continent\":\"EU\",\"country\":null,");
    }

    @Test
    void namesAreCleanedWhenWrittenAndEscapedWhenRendered() {
        Place odd = new Place(
                "AF", "MZ", "São\u0007 \u0085João\n", " Maputo (Alto \"B\\C\") \ud83d\ude00\ud800 ", 1.0, 1.0, 1);
        assertThat(rendered(GeoLevel.CITY, odd))
                .contains("\"region\":\"São João\",\"city\":\"Maputo (Alto \\\"B\\\\C\\\") \ud83d\ude00\",");
    }

    @Test
    void aLevelMergesThePlacesBelowItAndTakesTheCoordinatesOfTheLargest() {
        Place tacoma = new Place("NA", "US", "Washington", "Tacoma", 47.25, -122.44, 7);
        for (GeoLevel level : GeoLevel.values()) {
            GeoTableWriter writer = new GeoTableWriter(level, SOURCE);
            writer.addIpv4(0x01000000L, 0x010000ffL, writer.record(SEATTLE));
            writer.addIpv4(0x01000100L, 0x010003ffL, writer.record(tacoma));
            writer.addIpv4(0x01000400L, 0x010004ffL, writer.record(LONDON));
            GeoTable table = read(writer);
            boolean merged = level == GeoLevel.COUNTRY || level == GeoLevel.REGION;
            assertThat(table.places()).isEqualTo(merged ? 2 : 3);
            assertThat(table.info().ipv4Ranges()).isEqualTo(merged ? 4 : 5);
            assertThat(table.info().level()).isEqualTo(level);
            assertThat(cityAt(table, "1.0.0.1"))
                    .contains(merged ? "\"latitude\":47.25," : "\"latitude\":47.6062,")
                    .endsWith(
                            switch (level) {
                                case COUNTRY -> "_km\":null}";
                                case REGION -> "_km\":250}";
                                case CITY, LOCATION -> "_km\":50}";
                            });
        }
    }

    @Test
    void locationKeepsWhatCityMerges() {
        Place soho = new Place("EU", "GB", "England", "London", 51.51, -0.13, 5);
        for (GeoLevel level : new GeoLevel[] {GeoLevel.CITY, GeoLevel.LOCATION}) {
            GeoTableWriter writer = new GeoTableWriter(level, SOURCE);
            writer.addIpv4(1, 1, writer.record(soho));
            writer.addIpv4(2, 3, writer.record(LONDON));
            GeoTable table = read(writer);
            assertThat(table.places()).isEqualTo(level == GeoLevel.CITY ? 1 : 2);
            assertThat(cityAt(table, "0.0.0.1")).contains(level == GeoLevel.CITY ? "\"latitude\":51.5," : "51.51,");
        }
    }

    @Test
    void countriesAndRegionsHaveNumbersAndNames() {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.CITY, SOURCE);
        writer.addIpv4(1, 1, writer.record(SEATTLE));
        writer.addIpv4(2, 2, writer.record(LONDON));
        writer.addIpv4(3, 3, writer.record(new Place("NA", "US", null, null, null, null, null)));
        writer.addIpv4(4, 4, writer.record(new Place("AS", null, null, null, null, null, null)));
        GeoTable table = read(writer);
        assertThat(table.countries()).isEqualTo(3);
        assertThat(table.regions()).isEqualTo(4);
        assertThat(namesAt(table, 1)).isEqualTo("US US/Washington");
        assertThat(namesAt(table, 2)).isEqualTo("GB GB/England");
        assertThat(namesAt(table, 3)).isEqualTo("US null");
        assertThat(namesAt(table, 4)).isEqualTo("null null");
    }

    @Test
    void whatTheSourceIsStaysWithTheTable() {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.CITY, SOURCE);
        writer.addIpv4(1, 1, writer.record(SEATTLE));
        assertThat(read(writer).info()).isEqualTo(new GeoInfo(SOURCE, GeoLevel.CITY, 3, 0, 1, 1, 1));
    }

    @Test
    void anEmptyTableKnowsNoPlace() {
        for (GeoTable table : new GeoTable[] {GeoTable.empty(), read(new GeoTableWriter(GeoLevel.CITY, SOURCE))}) {
            assertThat(table.places()).isZero();
            assertThat(cityAt(table, "8.8.8.8")).isNull();
            assertThat(cityAt(table, "2001::1")).isNull();
        }
    }

    @Test
    void noAddressIsNowhere() {
        assertThat(GeoTable.empty().find(new IpAddress())).isEqualTo(GeoTable.NOWHERE);
    }

    @Test
    void rangesOutOfOrderAreAMistakeOfTheCaller() {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.CITY, SOURCE);
        int place = writer.record(SEATTLE);
        writer.addIpv4(10, 19, place);
        assertThatThrownBy(() -> writer.addIpv4(19, 25, place)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.addIpv4(30, 29, place)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.addIpv4(30, 0x100000000L, place)).isInstanceOf(IllegalArgumentException.class);
        writer.addIpv6(-2L, -1L, place);
        assertThatThrownBy(() -> writer.addIpv6(-1L, -1L, place)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomTablesAnswerLikeAMapOfStartsAndLikeTheReference() throws IOException {
        for (long seed = 1; seed <= 40; seed++) {
            System.out.println("seed " + seed);
            Random random = new Random(seed);
            GeoTableWriter writer = new GeoTableWriter(GeoLevel.values()[random.nextInt(4)], SOURCE);
            int[] records = new int[1 + random.nextInt(60)];
            for (int i = 0; i < records.length; i++) {
                records[i] = i == 0 ? GeoTable.NOWHERE : writer.record(randomPlace(random));
            }
            TreeMap<Long, Integer> ipv4 = randomRanges(random, 32, records);
            TreeMap<Long, Integer> ipv6 = randomRanges(random, 64, records);
            forEachRange(ipv4, 0xffffffffL, writer::addIpv4);
            forEachRange(ipv6, -1L, writer::addIpv6);
            byte[] file = writer.toBytes();
            GeoTable table = GeoTable.read(ByteBuffer.wrap(file));
            TablePlaces reference = new TablePlaces(file);
            Map<Integer, String> seen = new TreeMap<>();
            for (Map.Entry<Long, Integer> range : ipv4.entrySet()) {
                for (long probe : new long[] {range.getKey(), range.getKey() - 1, random.nextInt()}) {
                    address.setIpv4(probe);
                    check(table, reference, ipv4.floorEntry(probe & 0xffffffffL), seen);
                }
            }
            int probes = 0;
            for (Map.Entry<Long, Integer> range : ipv6.entrySet()) {
                for (long probe : new long[] {range.getKey(), range.getKey() - 1, random.nextLong()}) {
                    address.setIpv6(probe, random.nextLong());
                    if (address.family() == 6) {
                        check(table, reference, ipv6.floorEntry(probe), seen);
                        if (probes++ % 32 == 0) {
                            checkRange(table);
                        }
                    }
                }
            }
        }
    }

    /** The range at {@link #address} must be of one place, and what lies beside it of others. */
    private void checkRange(GeoTable table) {
        int place = table.find(address);
        String[] range = table.rangeOf(address).split(" - ");
        long first = parsed(range[0]).high();
        long last = parsed(range[1]).high();
        assertThat(Long.compareUnsigned(first, address.high())).as(range[0]).isNotPositive();
        assertThat(Long.compareUnsigned(last, address.high())).as(range[1]).isNotNegative();
        assertThat(table.find(network(first))).as(range[0]).isEqualTo(place);
        assertThat(table.find(network(last))).as(range[1]).isEqualTo(place);
        if (first != 0) {
            assertThat(table.find(network(first - 1))).as("before " + range[0]).isNotEqualTo(place);
        }
        if (last != -1) {
            assertThat(table.find(network(last + 1))).as("after " + range[1]).isNotEqualTo(place);
        }
    }

    private static IpAddress network(long high) {
        IpAddress begin = new IpAddress();
        begin.setIpv6(high, 1);
        return begin;
    }

    private static IpAddress parsed(String text) {
        IpAddress parsed = new IpAddress();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(parsed.parse(bytes, 0, bytes.length)).as(text).isTrue();
        return parsed;
    }

    /** Each record must always have the same JSON, none must have none, and the reference must say the same. */
    private void check(
            GeoTable table, TablePlaces reference, Map.Entry<Long, Integer> expected, Map<Integer, String> seen) {
        String json = jsonAt(table);
        boolean ipv4 = address.family() == 4;
        byte[] octets = ipv4
                ? ByteBuffer.allocate(4).putInt((int) address.low()).array()
                : ByteBuffer.allocate(16)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array();
        Map<String, Object> members = reference.find(octets);
        if (expected == null || expected.getValue() == GeoTable.NOWHERE) {
            assertThat(json).isNull();
            assertThat(members).isNull();
        } else {
            assertThat(json).isNotNull().isEqualTo(seen.computeIfAbsent(expected.getValue(), first -> json));
            assertThat(members).isNotNull();
            members.forEach((name, value) -> assertThat(json).contains("\"" + name + "\":" + spelled(value)));
        }
    }

    private static String spelled(Object value) {
        if (value instanceof String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        return String.valueOf(value).replaceAll("\\.0$", "").replaceAll("^-0$", "0");
    }

    private static Place randomPlace(Random random) {
        String[] codes = {"US", "GB", "DE", null};
        String[] names = {"A", "B\"", "Ü", "東京", null};
        return new Place(
                random.nextBoolean() ? "EU" : "NA",
                codes[random.nextInt(4)],
                names[random.nextInt(5)],
                random.nextInt(3) == 0 ? null : "city " + random.nextInt(30),
                random.nextInt(5) == 0 ? null : (random.nextInt(1_800_001) - 900_000) / 10_000.0,
                random.nextInt(5) == 0 ? null : (double) (random.nextInt(361) - 180),
                random.nextInt(3) == 0 ? null : random.nextInt(1000));
    }

    /** Starts of ranges in unsigned order: clustered, so that blocks and prefixes hold none, one or many. */
    private static TreeMap<Long, Integer> randomRanges(Random random, int bits, int[] records) {
        TreeMap<Long, Integer> ranges = new TreeMap<>(Long::compareUnsigned);
        int count = random.nextInt(2000);
        long base = 0;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(20) == 0) {
                base = random.nextLong() << random.nextInt(bits);
            }
            long start = base + (random.nextLong() >>> 1 + random.nextInt(62));
            ranges.put(bits == 32 ? start & 0xffffffffL : start, records[random.nextInt(records.length)]);
        }
        return ranges;
    }

    private interface RangeSink {
        void add(long first, long last, int record);
    }

    private static void forEachRange(TreeMap<Long, Integer> ranges, long lastPossible, RangeSink sink) {
        for (Map.Entry<Long, Integer> range : ranges.entrySet()) {
            Long next = ranges.higherKey(range.getKey());
            sink.add(range.getKey(), next == null ? lastPossible : next - 1, range.getValue());
        }
    }

    private String rendered(GeoLevel level, Place place) {
        GeoTableWriter writer = new GeoTableWriter(level, SOURCE);
        writer.addIpv4(0, 0xffffffffL, writer.record(place));
        return cityAt(read(writer), "8.8.8.8");
    }

    private String namesAt(GeoTable table, long ipv4) {
        address.setIpv4(ipv4);
        int place = table.find(address);
        return text(table.countryCode(table.countryOf(place))) + " " + text(table.regionName(table.regionOf(place)));
    }

    private static String text(byte[] name) {
        return name == null ? null : new String(name, StandardCharsets.UTF_8);
    }

    private static String rangeAt(GeoTable table, String text) {
        return table.rangeOf(parsed(text));
    }

    private String cityAt(GeoTable table, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(address.parse(bytes, 0, bytes.length)).isTrue();
        return jsonAt(table);
    }

    /** Null for nowhere. */
    private String jsonAt(GeoTable table) {
        int place = table.find(address);
        if (place == GeoTable.NOWHERE) {
            return null;
        }
        byte[] json = new byte[table.jsonLength(place) + 2];
        assertThat(table.copyJson(place, json, 1)).isEqualTo(json.length - 1);
        return new String(json, 1, json.length - 2, StandardCharsets.UTF_8);
    }

    private static GeoTable read(GeoTableWriter writer) {
        return GeoTable.read(ByteBuffer.wrap(writer.toBytes()));
    }
}
