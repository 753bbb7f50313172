package io.gatehouse.reference;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads a compiled geo table as {@code docs/geo-table.md} describes it, and searches it plainly: one sorted array of
 * starts for each family.
 */
public final class TablePlaces implements Places {
    private static final int STEP_OTHER_PLACE = 16;
    private static final int STEP_NO_PLACE = 17;
    private static final int NO_PLACE = -1;
    private static final int COLUMN_BUFFER_BYTES = 16 * 1024;

    private static final long LAST_IPV4 = 0xffffffffL;
    private static final long LAST_IPV6 = -1;

    /** Sees ranges of addresses that have a place. */
    @FunctionalInterface
    public interface RangeVisitor {
        /**
         * @param first the first address: the 32 bits of IPv4, or the upper 64 of IPv6; unsigned
         * @param last the last one
         * @param place a number for {@link #place}
         */
        void range(long first, long last, int place);
    }

    private record Country(String continent, String code) {}

    private record Region(Country country, String name, int firstPlace, int places) {}

    private record City(Region region, String name, Double latitude, Double longitude, Long radiusKm) {}

    /** Unsigned starts, ascending from 0; each range ends before the next. */
    private record Ranges(long[] starts, int[] places) {
        void forEach(long lastOfAll, RangeVisitor sees) {
            for (int i = 0; i < starts.length; i++) {
                if (places[i] != NO_PLACE) {
                    sees.range(starts[i], i + 1 < starts.length ? starts[i + 1] - 1 : lastOfAll, places[i]);
                }
            }
        }
    }

    private final Instant builtAt;
    private final List<Country> countries = new ArrayList<>();
    private final List<Region> regions = new ArrayList<>();
    private final List<City> cities = new ArrayList<>();
    private final Ranges ipv4;
    private final Ranges ipv6;

    /**
     * @param file a whole compiled table
     * @throws IOException when it is no table of this format version, or damaged
     */
    public TablePlaces(byte[] file) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        expect("magic", "GHGEO\0", new String(in.readNBytes(6), StandardCharsets.US_ASCII));
        expect("version", 1, in.readUnsignedShort());
        expect("length", file.length, in.readInt());
        CRC32C checksum = new CRC32C();
        checksum.update(file, 16, file.length - 16);
        expect("checksum", (int) checksum.getValue(), in.readInt());
        builtAt = Instant.ofEpochSecond(in.readLong());
        in.readUnsignedByte();
        int countryCount = in.readInt();
        int regionCount = in.readInt();
        int placeCount = in.readInt();
        int ipv4Count = in.readInt();
        int ipv6Count = in.readInt();
        for (int text = 0; text < 3; text++) {
            in.skipNBytes(in.readUnsignedShort());
        }
        readCountries(countryCount, column(in));
        readRegions(regionCount, column(in), column(in), column(in));
        readCities(column(in), column(in), column(in), column(in));
        expect("places", placeCount, cities.size());
        ipv4 = readRanges(ipv4Count, column(in), column(in), column(in), column(in), column(in));
        ipv6 = readRanges(ipv6Count, column(in), column(in), column(in), column(in), column(in));
        expect("end", -1, in.read());
    }

    @Override
    public Map<String, Object> find(byte[] address) {
        long number = 0;
        for (int i = 0; i < Math.min(8, address.length); i++) {
            number = number << 8 | address[i] & 0xff;
        }
        int place = search(address.length == 4 ? ipv4 : ipv6, number);
        return place == NO_PLACE ? null : place(place);
    }

    /** How many places there are; their numbers are 0 to this less one. */
    public int places() {
        return cities.size();
    }

    /** The contract's {@code geo} members of a place, as {@link #find} answers them. */
    public Map<String, Object> place(int number) {
        return members(cities.get(number));
    }

    /** Shows all ranges of IPv4 addresses that have a place, in ascending order. */
    public void forEachIpv4Range(RangeVisitor sees) {
        ipv4.forEach(LAST_IPV4, sees);
    }

    /** Shows all ranges of IPv6 networks of 64 bits that have a place, in ascending order. */
    public void forEachIpv6Range(RangeVisitor sees) {
        ipv6.forEach(LAST_IPV6, sees);
    }

    /** When the table's source was built. */
    public Instant builtAt() {
        return builtAt;
    }

    private static int search(Ranges ranges, long number) {
        int from = 0;
        int to = ranges.starts.length;
        while (from < to) {
            int middle = (from + to) / 2;
            if (Long.compareUnsigned(ranges.starts[middle], number) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == 0 ? NO_PLACE : ranges.places[from - 1];
    }

    private static Map<String, Object> members(City city) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("continent", city.region.country.continent);
        members.put("country", city.region.country.code);
        members.put("region", city.region.name);
        members.put("city", city.name);
        members.put("latitude", city.latitude);
        members.put("longitude", city.longitude);
        members.put("accuracy_radius_km", city.radiusKm);
        return members;
    }

    private void readCountries(int count, InputStream codes) throws IOException {
        for (int i = 0; i < count; i++) {
            String pair = new String(codes.readNBytes(4), StandardCharsets.US_ASCII);
            countries.add(new Country(code(pair.substring(0, 2)), code(pair.substring(2))));
        }
        expect("end of countries", -1, codes.read());
    }

    private static String code(String letters) {
        return letters.equals("\0\0") ? null : letters;
    }

    private void readRegions(int count, InputStream ofCountry, InputStream names, InputStream sizes)
            throws IOException {
        int firstPlace = 0;
        for (int i = 0; i < count; i++) {
            Country country = countries.get((int) number(ofCountry));
            int places = (int) number(sizes);
            regions.add(new Region(country, name(names), firstPlace, places));
            firstPlace += places;
        }
    }

    private void readCities(InputStream names, InputStream latitudes, InputStream longitudes, InputStream radii)
            throws IOException {
        long[] lastLatitude = new long[1];
        long[] lastLongitude = new long[1];
        for (Region region : regions) {
            for (int i = 0; i < region.places; i++) {
                String name = name(names);
                Double latitude = degrees(latitudes, lastLatitude);
                Double longitude = degrees(longitudes, lastLongitude);
                long radius = number(radii);
                cities.add(new City(region, name, latitude, longitude, radius == 0 ? null : radius));
            }
        }
    }

    private static Double degrees(InputStream column, long[] last) throws IOException {
        long number = number(column);
        if (number == 0) {
            return null;
        }
        long zigzag = number - 1;
        last[0] += zigzag % 2 == 0 ? zigzag / 2 : -(zigzag + 1) / 2;
        return last[0] / 10_000.0;
    }

    private Ranges readRanges(
            int count,
            InputStream zeros,
            InputStream lengths,
            InputStream steps,
            InputStream ofRegion,
            InputStream ranks)
            throws IOException {
        Ranges ranges = new Ranges(new long[count], new int[count]);
        List<Integer> recent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                int shift = zeros.read();
                ranges.starts[i] = ranges.starts[i - 1] + (number(lengths) * 2 + 1 << shift);
            }
            int step = steps.read();
            if (step == STEP_NO_PLACE) {
                ranges.places[i] = NO_PLACE;
                continue;
            }
            if (step == STEP_OTHER_PLACE) {
                Region region = regions.get((int) number(ofRegion));
                recent.add(0, region.firstPlace + (int) number(ranks));
            } else {
                recent.add(0, recent.remove(step));
            }
            if (recent.size() > 16) {
                recent.remove(16);
            }
            ranges.places[i] = recent.get(0);
        }
        for (InputStream column : List.of(zeros, lengths, steps, ofRegion, ranks)) {
            expect("end of ranges", -1, column.read());
        }
        return ranges;
    }

    private static InputStream column(DataInputStream in) throws IOException {
        byte[] deflated = in.readNBytes(in.readInt());
        InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true));
        return new BufferedInputStream(inflated, COLUMN_BUFFER_BYTES);
    }

    private static long number(InputStream column) throws IOException {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            int next = column.read();
            if (next < 0) {
                throw new EOFException("a column of the geo table ends early");
            }
            number |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return number;
            }
        }
    }

    private static String name(InputStream column) throws IOException {
        byte[] name = new byte[1024];
        int length = 0;
        for (int next = column.read(); next != '\n'; next = column.read()) {
            name[length++] = (byte) next;
        }
        return length == 0 ? null : new String(Arrays.copyOf(name, length), StandardCharsets.UTF_8);
    }

    private static void expect(String what, Object expected, Object found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException("the geo table's " + what + " should be " + expected + " and is " + found);
        }
    }
}
