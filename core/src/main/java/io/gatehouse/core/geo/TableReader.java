package io.gatehouse.core.geo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads a compiled table. Nothing in the file is trusted: each count is bounded before memory is taken for it, each
 * number is checked against what it points into.
 */
final class TableReader {
    // Far above what any source has; they keep a forged count from asking for all memory.
    private static final int MOST_REGIONS = 1 << 20;

    private static final int MOST_COUNTRIES = 1 << 12;
    private static final int MOST_PLACES = 1 << 24;
    private static final int MOST_RANGES = 1 << 27;

    private final ByteBuffer file;

    TableReader(ByteBuffer file) {
        this.file = file.slice();
    }

    GeoTable read() {
        checkWhole();
        file.position(TableFormat.CHECKED_FROM);
        if (file.remaining() < Long.BYTES + Byte.BYTES) {
            throw headEndsEarly();
        }
        long builtAt = file.getLong();
        int level = file.get() & 0xff;
        if (level >= GeoLevel.values().length) {
            throw new GeoTableException("the geo table is damaged: it has no level " + level);
        }
        int countries = count("countries", MOST_COUNTRIES);
        int regions = count("regions", MOST_REGIONS);
        int places = count("places", MOST_PLACES);
        int ipv4Ranges = count("IPv4 ranges", MOST_RANGES);
        int ipv6Ranges = count("IPv6 ranges", MOST_RANGES);
        String name = text();
        String licence = text();
        String attribution = text();
        GeoSource source = new GeoSource(name, instant(builtAt), licence, attribution);
        GeoInfo info =
                new GeoInfo(source, GeoLevel.values()[level], ipv4Ranges, ipv6Ranges, places, regions, countries);
        Columns columns = new Columns(file);
        PlaceList placeList = new PlaceReader(columns, countries, regions, places).read();
        Ipv4Ranges ipv4 = readIpv4(columns, ipv4Ranges, placeList);
        Ipv6Ranges ipv6 = readIpv6(columns, ipv6Ranges, placeList);
        if (file.hasRemaining()) {
            throw new GeoTableException("the geo table is damaged: it goes on after its last column");
        }
        return new GeoTable(info, ipv4, ipv6, placeList);
    }

    /** Tells apart what a user does about it: another kind of file, another version, one cut short, one damaged. */
    private void checkWhole() {
        byte[] magic = new byte[TableFormat.MAGIC.length];
        if (file.remaining() < TableFormat.CHECKED_FROM) {
            throw new GeoTableException("this is no geo table: it has only " + file.remaining() + " bytes");
        }
        file.get(magic);
        if (!Arrays.equals(magic, TableFormat.MAGIC)) {
            throw new GeoTableException("this is no geo table: it does not begin as one");
        }
        int version = file.getShort() & 0xffff;
        if (version != TableFormat.VERSION) {
            throw new GeoTableException("the geo table is of format version " + version + ", and only version "
                    + TableFormat.VERSION + " can be read: compile it again with this release");
        }
        long length = file.getInt() & 0xffffffffL;
        if (length != file.limit()) {
            throw new GeoTableException("the geo table is cut short or has been added to: it should have " + length
                    + " bytes and has " + file.limit());
        }
        int expected = file.getInt();
        CRC32C checksum = new CRC32C();
        checksum.update(file.duplicate());
        if ((int) checksum.getValue() != expected) {
            throw new GeoTableException("the geo table is damaged: its checksum does not match its content");
        }
    }

    private int count(String of, int most) {
        if (file.remaining() < Integer.BYTES) {
            throw headEndsEarly();
        }
        int count = file.getInt();
        if (count < 0 || count > most) {
            throw new GeoTableException(
                    "the geo table is damaged: it cannot have " + Integer.toUnsignedString(count) + " " + of);
        }
        return count;
    }

    private String text() {
        if (file.remaining() < Short.BYTES) {
            throw headEndsEarly();
        }
        byte[] text = new byte[file.getShort() & 0xffff];
        if (text.length > file.remaining()) {
            throw headEndsEarly();
        }
        file.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Instant instant(long epochSecond) {
        // Instants end far beyond the year 9999, but what prints them need not.
        if (epochSecond < 0 || epochSecond > 253_402_300_799L) {
            throw new GeoTableException("the geo table is damaged: its source cannot be of second " + epochSecond);
        }
        return Instant.ofEpochSecond(epochSecond);
    }

    private static GeoTableException headEndsEarly() {
        return new GeoTableException("the geo table is damaged: its head ends early");
    }

    private static Ipv4Ranges readIpv4(Columns columns, int count, PlaceList places) {
        try (RangeReader ranges = new RangeReader("ipv4", columns, places)) {
            Ipv4Ranges table = new Ipv4Ranges(ranges.plausible(count));
            for (int i = 0; i < count; i++) {
                ranges.next();
                if (!table.add(ranges.start(), ranges.place())) {
                    throw ranges.outOfOrder();
                }
            }
            ranges.expectEnd();
            table.seal();
            return table;
        }
    }

    private static Ipv6Ranges readIpv6(Columns columns, int count, PlaceList places) {
        try (RangeReader ranges = new RangeReader("ipv6", columns, places)) {
            Ipv6Ranges table = new Ipv6Ranges(ranges.plausible(count));
            for (int i = 0; i < count; i++) {
                ranges.next();
                if (!table.add(ranges.start(), ranges.place())) {
                    throw ranges.outOfOrder();
                }
            }
            ranges.expectEnd();
            table.seal();
            return table;
        }
    }
}
