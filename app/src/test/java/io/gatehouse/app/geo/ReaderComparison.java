package io.gatehouse.app.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Network;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.core.geo.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Compares a table with MaxMind's own reader: at both ends of networks, just outside them, and at random. */
final class ReaderComparison {
    private final GeoTable table;
    private final boolean coordinates;
    private final IpAddress address = new IpAddress();
    private long compared;

    /** @param coordinates whether they are to be compared too, which only a table of all locations passes */
    ReaderComparison(GeoTable table, boolean coordinates) {
        this.table = table;
        this.coordinates = coordinates;
    }

    long compared() {
        return compared;
    }

    /**
     * Compares at the ends of the file's networks.
     *
     * @param oneIn how many networks are left out for each that is compared, and one
     */
    void compareEnds(Reader reader, int oneIn) throws IOException {
        long number = 0;
        Networks<?> networks = networks(reader);
        while (networks.hasNext()) {
            DatabaseRecord<?> next = networks.next();
            if (number++ % oneIn == 0) {
                compareEnds(reader, next.network());
            }
        }
    }

    void compareAtRandom(Reader reader, Random random, boolean ipv6, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            byte[] octets = new byte[ipv6 ? 16 : 4];
            random.nextBytes(octets);
            if (ipv6) {
                octets[0] = (byte) (0x20 | octets[0] & 0x1f);
            } else if (i % 2 == 0) {
                octets[0] = (byte) (1 + random.nextInt(4));
            }
            compare(reader, octets);
        }
    }

    private static Networks<?> networks(Reader reader) throws IOException {
        try {
            return reader.networks(Map.class);
        } catch (InvalidNetworkException e) {
            throw new IOException(e);
        }
    }

    private void compareEnds(Reader reader, Network network) throws IOException {
        byte[] first = network.networkAddress().getAddress();
        BigInteger start = new BigInteger(1, first);
        BigInteger size = BigInteger.ONE.shiftLeft(first.length * 8 - network.prefixLength());
        BigInteger end = start.add(size).subtract(BigInteger.ONE);
        for (BigInteger at : new BigInteger[] {start, end, start.subtract(BigInteger.ONE), end.add(BigInteger.ONE)}) {
            if (at.signum() >= 0 && at.bitLength() <= first.length * 8) {
                compare(reader, octets(at, first.length));
            }
        }
    }

    private static byte[] octets(BigInteger address, int length) {
        byte[] bytes = address.toByteArray();
        byte[] octets = new byte[length];
        int kept = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - kept, octets, length - kept, kept);
        return octets;
    }

    private void compare(Reader reader, byte[] octets) throws IOException {
        if (octets.length == 4) {
            address.setIpv4(ByteBuffer.wrap(octets).getInt());
        } else {
            if ((octets[0] & 0xff) >> 5 != 1 || octets[0] == 0x20 && octets[1] == 0x02) {
                return; // Outside public space files mirror IPv4, and the table is never asked.
            }
            address.setIpv6(
                    ByteBuffer.wrap(octets).getLong(), ByteBuffer.wrap(octets).getLong(8));
        }
        DatabaseRecord<?> answer = reader.getRecord(InetAddress.getByAddress(octets), Map.class);
        if (octets.length == 16 && answer.network().prefixLength() > 64) {
            return; // Finer than tables are.
        }
        compared++;
        Map<?, ?> record = (Map<?, ?>) answer.data();
        Place expected = record == null ? null : MmdbRecord.place(record);
        int found = table.find(address);
        String where = Arrays.toString(octets);
        if (expected == null || expected.country() == null && expected.city() == null && expected.region() == null) {
            assertThat(found).as(where).isEqualTo(GeoTable.NOWHERE);
            return;
        }
        assertThat(found).as(where).isNotEqualTo(GeoTable.NOWHERE);
        byte[] bytes = new byte[table.jsonLength(found)];
        table.copyJson(found, bytes, 0);
        String json = new String(bytes, StandardCharsets.UTF_8);
        assertThat(json).as(where).startsWith(names(expected));
        if (coordinates) {
            assertThat(json).as(where).contains(numbers(expected));
        }
        byte[] country = table.countryCode(table.countryOf(found));
        assertThat(country == null ? null : new String(country, StandardCharsets.US_ASCII))
                .as(where)
                .isEqualTo(expected.country());
    }

    private static String names(Place place) {
        return "{\"continent\":" + quoted(place.continent()) + ",\"country\":" + quoted(place.country())
                + ",\"region\":" + quoted(place.region()) + ",\"city\":" + quoted(place.city()) + ",\"latitude\":";
    }

    private static String numbers(Place place) {
        String radius = Objects.toString(
                place.accuracyRadiusKm(), place.city() != null ? "50" : place.region() != null ? "250" : "null");
        return ",\"latitude\":" + plain(place.latitude()) + ",\"longitude\":" + plain(place.longitude())
                + ",\"accuracy_radius_km\":" + radius + "}";
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String plain(Double degrees) {
        return degrees == null
                ? "null"
                : BigDecimal.valueOf(degrees).stripTrailingZeros().toPlainString();
    }
}
