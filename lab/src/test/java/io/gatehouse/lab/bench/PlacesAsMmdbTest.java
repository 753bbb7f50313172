package io.gatehouse.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.Reader;
import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.reference.TablePlaces;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in table as an MMDB file, read by MaxMind's reader and by Gatehouse's own compiler. */
class PlacesAsMmdbTest {
    private static final long SEED = 17;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;

    @TempDir
    private static Path directory;

    private static TablePlaces table;
    private static Path file;

    @BeforeAll
    static void write() throws IOException {
        System.out.println("seed " + SEED);
        byte[] compiled = new byte[GeoDatabase.builtInFile().remaining()];
        GeoDatabase.builtInFile().get(compiled);
        table = new TablePlaces(compiled);
        file = directory.resolve("places.mmdb");
        PlacesAsMmdb.write(table, file);
    }

    @Test
    void maxMindsReaderFindsWhatTheTableTells() throws IOException {
        Random random = new Random(SEED);
        try (Reader reader = new Reader(file.toFile())) {
            assertThat(compareAtRandom(reader, random, IPV4, 200_000)).isGreaterThan(100_000);
            assertThat(compareAtRandom(reader, random, IPV6, 50_000)).isGreaterThan(10_000);
        }
    }

    @Test
    void rangesBeginAndEndWhereTheTablesDo() throws IOException {
        SplittableRandom chance = new SplittableRandom(SEED);
        try (Reader reader = new Reader(file.toFile())) {
            table.forEachIpv4Range((first, last, place) -> {
                if (chance.nextInt(50) == 0) {
                    compareAround(reader, IPV4, first, last);
                }
            });
            table.forEachIpv6Range((first, last, place) -> {
                if (chance.nextInt(50) == 0) {
                    compareAround(reader, IPV6, first, last);
                }
            });
        }
    }

    @Test
    void compiledAgainItIsTheSameTable() {
        GeoTable again = GeoDatabase.open(file);
        GeoTable before = GeoDatabase.builtIn();
        Random random = new Random(SEED);
        IpAddress address = new IpAddress();
        for (int i = 0; i < 200_000; i++) {
            if (i % 4 == 0) {
                address.setIpv6(ipv6Network(random), random.nextLong());
            } else {
                address.setIpv4(random.nextInt());
            }
            assertThat(json(again, address)).as(before.rangeOf(address)).isEqualTo(json(before, address));
        }
    }

    /** How many of the addresses have a place. */
    private static int compareAtRandom(Reader reader, Random random, int octets, int times) throws IOException {
        int found = 0;
        for (int i = 0; i < times; i++) {
            byte[] address = octets == IPV4 ? octets(IPV4, random.nextInt()) : octets(IPV6, ipv6Network(random));
            found += compare(reader, address) ? 1 : 0;
        }
        return found;
    }

    private static void compareAround(Reader reader, int octets, long first, long last) {
        try {
            for (long number : new long[] {first, last, first - 1, last + 1}) {
                compare(reader, octets(octets, number));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Public space as it is used; 2002::/16, which stands for IPv4, is never asked for. */
    private static long ipv6Network(Random random) {
        long upper = List.of(0x2001L, 0x2400L, 0x2600L, 0x2800L, 0x2a00L, 0x2a02L, 0x2c0fL)
                .get(random.nextInt(7));
        long spread = upper == 0x2001L ? 0 : random.nextInt(16);
        return upper + spread << 48 | random.nextLong() >>> 16;
    }

    /** An IPv6 address is the first of its network of 64 bits. */
    private static byte[] octets(int octets, long number) {
        return octets == IPV4
                ? ByteBuffer.allocate(IPV4).putInt((int) number).array()
                : ByteBuffer.allocate(IPV6).putLong(number).array();
    }

    /** Whether there is a place. */
    private static boolean compare(Reader reader, byte[] address) throws IOException {
        if (address.length == IPV6 && (address[0] == 0 || address[0] == 0x20 && address[1] == 0x02)) {
            return false; // Where IPv4 lies in the file.
        }
        Map<?, ?> record = reader.get(InetAddress.getByAddress(address), Map.class);
        Map<String, Object> expected = table.find(address);
        assertThat(geo(record)).as(() -> Arrays.toString(address)).isEqualTo(expected);
        return expected != null;
    }

    /** The contract's {@code geo} of a record. */
    private static Map<String, Object> geo(Map<?, ?> record) {
        if (record == null) {
            return null;
        }
        List<?> regions = (List<?>) record.get("subdivisions");
        Map<String, Object> geo = new LinkedHashMap<>();
        geo.put("continent", at(record, "continent", "code"));
        geo.put("country", at(record, "country", "iso_code"));
        geo.put("region", regions == null ? null : at((Map<?, ?>) regions.get(0), "names", "en"));
        geo.put("city", at(record, "city", "names", "en"));
        geo.put("latitude", at(record, "location", "latitude"));
        geo.put("longitude", at(record, "location", "longitude"));
        Object radius = at(record, "location", "accuracy_radius");
        geo.put("accuracy_radius_km", radius == null ? null : ((Integer) radius).longValue());
        return geo;
    }

    private static Object at(Map<?, ?> record, String... path) {
        Object value = record;
        for (String name : path) {
            value = value == null ? null : ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    private static String json(GeoTable places, IpAddress address) {
        int place = places.find(address);
        if (place == GeoTable.NOWHERE) {
            return "null";
        }
        byte[] json = new byte[places.jsonLength(place)];
        places.copyJson(place, json, 0);
        return new String(json, StandardCharsets.UTF_8);
    }
}
