package io.gatehouse.core.geo;

import java.nio.ByteBuffer;

/** Places by address range; immutable, safe for any number of threads. */
public final class GeoTable {
    /** What {@link #find} answers when no range holds the address. */
    public static final int NOWHERE = -1;

    private GeoTable() {}

    /** A table that knows no place. */
    public static GeoTable empty() {
        return new GeoTable();
    }

    /**
     * Reads a compiled table.
     *
     * @param file the whole file, from position to limit
     * @throws GeoTableException when it is damaged, cut short or of another format version
     */
    public static GeoTable read(ByteBuffer file) {
        throw new UnsupportedOperationException("written next");
    }

    /** The number of the place that holds a public address, or {@link #NOWHERE}. */
    public int find(IpAddress address) {
        return NOWHERE;
    }

    /** Length in bytes of a place's rendered JSON object (the contract's {@code geo}). */
    public int jsonLength(int place) {
        throw new UnsupportedOperationException("written next");
    }

    /** Copies a place's rendered JSON object and returns the index after its last byte. */
    public int copyJson(int place, byte[] to, int at) {
        throw new UnsupportedOperationException("written next");
    }

    /** How many places there are; place numbers are 0 to this less one. */
    public int places() {
        return 0;
    }

    /** A small dense number for the place's country, 0 to {@link #countries()} less one. */
    public int countryOf(int place) {
        throw new UnsupportedOperationException("written next");
    }

    public int countries() {
        return 0;
    }

    /** ISO 3166-1 alpha-2 code, or null where the source names none. */
    public String countryCode(int country) {
        throw new UnsupportedOperationException("written next");
    }

    /** A small dense number for the place's region (country and region), 0 to {@link #regions()} less one. */
    public int regionOf(int place) {
        throw new UnsupportedOperationException("written next");
    }

    public int regions() {
        return 0;
    }

    /** "US/Washington"; null where the source names no region. */
    public String regionName(int region) {
        throw new UnsupportedOperationException("written next");
    }
}
