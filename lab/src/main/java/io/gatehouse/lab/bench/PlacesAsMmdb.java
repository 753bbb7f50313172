package io.gatehouse.lab.bench;

import io.gatehouse.reference.TablePlaces;
import io.gatehouse.reference.mmdb.MmdbWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled table of places as an MMDB file in the layout of MaxMind's city databases, so that others find for each
 * address what Gatehouse finds. What a place does not tell is not in its record. The built-in table makes some ten million
 * nodes; writing it takes a few hundred megabytes of heap.
 */
public final class PlacesAsMmdb {
    /** As MaxMind's databases of cities have: 24 do not suffice for so many nodes. */
    private static final int RECORD_BITS = 28;

    private static final int IPV4_BITS = 32;
    private static final int IPV6_NETWORK_BITS = 64;
    private static final int NOT_YET = -1;

    /** Takes one of the networks that a range is made of. */
    @FunctionalInterface
    private interface NetworkSink {
        void add(long address, int prefixLength, int record);
    }

    private final TablePlaces table;
    private final MmdbWriter writer = new MmdbWriter(6, RECORD_BITS);
    private final int[] recordOf;

    private PlacesAsMmdb(TablePlaces table) {
        this.table = table;
        recordOf = new int[table.places()];
        Arrays.fill(recordOf, NOT_YET);
    }

    /** Writes all of a table to a file. */
    public static void write(TablePlaces table, Path file) throws IOException {
        PlacesAsMmdb places = new PlacesAsMmdb(table);
        // IPv6 first: IPv4 lies within ::/96, and what comes later stays.
        table.forEachIpv6Range((first, last, place) -> places.add(first, last, place, IPV6_NETWORK_BITS, places::ipv6));
        places.writer.mirrorIpv4();
        table.forEachIpv4Range(
                (first, last, place) -> places.add(first, last, place, IPV4_BITS, places.writer::addIpv4));
        places.writer.write(file, "Gatehouse-City", "Gatehouse's table of places", table.builtAt());
    }

    private void ipv6(long network, int prefixLength, int record) {
        writer.addIpv6(network, 0, prefixLength, record);
    }

    /** Takes from the range's beginning, again and again, the widest network that lies within it. */
    private void add(long first, long last, int place, int addressBits, NetworkSink sink) {
        int record = record(place);
        long at = first;
        while (true) {
            int free = Math.min(Long.numberOfTrailingZeros(at), addressBits - 1);
            while (Long.compareUnsigned(lastOf(at, free), last) > 0) {
                free--;
            }
            sink.add(at, addressBits - free, record);
            if (lastOf(at, free) == last) {
                return;
            }
            at = lastOf(at, free) + 1;
        }
    }

    /** The last address of a network whose lower bits are free. */
    private static long lastOf(long network, int free) {
        return network | (1L << free) - 1;
    }

    private int record(int place) {
        if (recordOf[place] == NOT_YET) {
            recordOf[place] = writer.record(members(table.place(place)));
        }
        return recordOf[place];
    }

    private static Map<String, Object> members(Map<String, Object> geo) {
        Map<String, Object> location = new LinkedHashMap<>();
        put(location, "latitude", geo.get("latitude"));
        put(location, "longitude", geo.get("longitude"));
        if (geo.get("accuracy_radius_km") instanceof Long radiusKm) {
            location.put("accuracy_radius", radiusKm.shortValue());
        }
        Map<String, Object> record = new LinkedHashMap<>();
        put(record, "city", named(geo.get("city")));
        put(record, "continent", member("code", geo.get("continent")));
        put(record, "country", member("iso_code", geo.get("country")));
        put(record, "location", location.isEmpty() ? null : location);
        Map<String, Object> region = named(geo.get("region"));
        put(record, "subdivisions", region == null ? null : List.of(region));
        return record;
    }

    private static Map<String, Object> named(Object name) {
        return member("names", member("en", name));
    }

    /** Null for a value that is not known. */
    private static Map<String, Object> member(String name, Object value) {
        return value == null ? null : Map.of(name, value);
    }

    private static void put(Map<String, Object> members, String name, Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
