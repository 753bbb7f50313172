package io.gatehouse.lab.fuzz;

import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.Place;
import java.time.Instant;

/** A table of a few places, with something of everything that a table may hold. */
final class SmallTable {
    private static final Place ALBANY = new Place("NA", "US", "New York", "Albany", 42.6526, -73.7562, 50);
    private static final Place TURKU = new Place("EU", "FI", "Varsinais-Suomi", "Turku", 60.4518, 22.2666, null);
    private static final Place QUOTED = new Place("OC", "AU", "\"Q\"\\land", "Kōwhai 🐨\t", -27.4767, 153.0, 1000);
    private static final Place COUNTRY = new Place("AF", "KE", null, null, null, null, null);
    private static final Place CITY_OF_NO_COUNTRY = new Place(null, null, null, "Atlantis", 0.0, -0.0001, null);

    private SmallTable() {}

    /** The compiled table. */
    static byte[] file() {
        GeoTableWriter writer =
                new GeoTableWriter(GeoLevel.LOCATION, new GeoSource("small", Instant.EPOCH, "CC0-1.0", "by nobody"));
        int albany = writer.record(ALBANY);
        int turku = writer.record(TURKU);
        int quoted = writer.record(QUOTED);
        int country = writer.record(COUNTRY);
        int atlantis = writer.record(CITY_OF_NO_COUNTRY);
        writer.addIpv4(0x01000000L, 0x0100ffffL, quoted);
        writer.addIpv4(0x01010000L, 0x010100ffL, turku);
        writer.addIpv4(0x01010100L, 0x01010101L, albany);
        writer.addIpv4(0x08080808L, 0x08080808L, country);
        writer.addIpv4(0x08080809L, 0x0affffffL, albany);
        writer.addIpv4(0xc76f0000L, 0xc76fffffL, GeoTable.NOWHERE);
        writer.addIpv4(0xdf000000L, 0xffffffffL, atlantis);
        writer.addIpv6(0x2000L << 48, 0x2001L << 48, turku);
        writer.addIpv6(0x2606470000000000L, 0x26064700ffffffffL, quoted);
        writer.addIpv6(0x3fff1000L << 32, -1L, atlantis);
        return writer.toBytes();
    }
}
