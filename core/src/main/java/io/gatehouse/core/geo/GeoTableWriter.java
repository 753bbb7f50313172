package io.gatehouse.core.geo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a compiled table from a source's records and ranges. Ranges come in ascending order within their family;
 * neighbours of one place become one.
 */
public final class GeoTableWriter {
    private final GeoLevel level;
    private final GeoSource source;
    private final Map<Place, SourceRecord> records = new HashMap<>();
    private final Map<Place, TablePlace> places = new HashMap<>();
    private final List<SourceRecord> recordByNumber = new ArrayList<>();
    private final List<TablePlace> placeByNumber = new ArrayList<>();
    private final RangeList ipv4 = new RangeList(0xffffffffL);
    private final RangeList ipv6 = new RangeList(-1L);

    public GeoTableWriter(GeoLevel level, GeoSource source) {
        this.level = level;
        this.source = source;
    }

    /**
     * The number of a source's record for use with ranges, the same for the same record; {@link GeoTable#NOWHERE} when
     * the record names nothing.
     */
    public int record(Place described) {
        if (described.isNowhere()) {
            return GeoTable.NOWHERE;
        }
        return records.computeIfAbsent(described.at(level), this::newRecord).number;
    }

    /**
     * Adds a range of IPv4 addresses, which must lie behind the ones before.
     *
     * @param last the range's last address, itself in the range
     * @param record a number from {@link #record}, or {@link GeoTable#NOWHERE}
     * @throws IllegalArgumentException when the range is empty or not behind the ones before
     */
    public void addIpv4(long first, long last, int record) {
        ipv4.add(first, last, placeOf(record));
        if (record != GeoTable.NOWHERE) {
            recordByNumber.get(record).ipv4Addresses += last - first + 1;
        }
    }

    /**
     * Adds a range of IPv6 networks of 64 bits, which must lie behind the ones before; all numbers unsigned.
     *
     * @param last the range's last network, itself in the range
     * @param record a number from {@link #record}, or {@link GeoTable#NOWHERE}
     * @throws IllegalArgumentException when the range is empty or not behind the ones before
     */
    public void addIpv6(long first, long last, int record) {
        ipv6.add(first, last, placeOf(record));
        if (record != GeoTable.NOWHERE) {
            recordByNumber.get(record).ipv6Networks += last - first + 1.0;
        }
    }

    /** Whether no record has named anything so far. */
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** The compiled table of all that was added. */
    public byte[] toBytes() {
        ipv4.close();
        ipv6.close();
        return new TableEncoder(level, source, placeByNumber, ipv4, ipv6).encode();
    }

    private int placeOf(int record) {
        return record == GeoTable.NOWHERE ? GeoTable.NOWHERE : recordByNumber.get(record).place.number;
    }

    private SourceRecord newRecord(Place described) {
        Place name = level == GeoLevel.LOCATION ? described : described.withoutCoordinates();
        TablePlace place = places.computeIfAbsent(name, this::newPlace);
        SourceRecord record = new SourceRecord(recordByNumber.size(), described, place);
        place.records.add(record);
        recordByNumber.add(record);
        return record;
    }

    private TablePlace newPlace(Place name) {
        TablePlace place = new TablePlace(placeByNumber.size(), name);
        placeByNumber.add(place);
        return place;
    }

    /** A record of the source with how much it covers. */
    static final class SourceRecord {
        private final int number;
        private final Place described;
        private final TablePlace place;
        private long ipv4Addresses;
        private double ipv6Networks;

        SourceRecord(int number, Place described, TablePlace place) {
            this.number = number;
            this.described = described;
            this.place = place;
        }

        private boolean outweighs(SourceRecord other) {
            return ipv4Addresses != other.ipv4Addresses
                    ? ipv4Addresses > other.ipv4Addresses
                    : ipv6Networks > other.ipv6Networks;
        }
    }

    /** A place of the table: all records that agree down to the table's level. */
    static final class TablePlace {
        private final int number;
        private final Place name;
        private final List<SourceRecord> records = new ArrayList<>(1);

        TablePlace(int number, Place name) {
            this.number = number;
            this.name = name;
        }

        int number() {
            return number;
        }

        Place name() {
            return name;
        }

        /**
         * The record that stands for all: the one with the most IPv4 addresses, among equals the most IPv6 networks. A
         * mean of coordinates could lie where nobody lives.
         */
        Place representative() {
            SourceRecord heaviest = records.get(0);
            for (SourceRecord record : records) {
                heaviest = record.outweighs(heaviest) ? record : heaviest;
            }
            return heaviest.described;
        }
    }
}
