package io.gatehouse.core.geo;

/**
 * The compiled table, version 1; {@code docs/geo-table.md} describes it in full. Big-endian throughout.
 *
 * <pre>
 *   0  6  magic "GHGEO" and a zero byte
 *   6  2  format version
 *   8  4  length of the file in bytes
 *  12  4  CRC-32C of the bytes from 16 to the end
 *  16  8  when the source was built, epoch seconds
 *  24  1  level: 0 country, 1 region, 2 city, 3 location
 *  25  4  countries
 *  29  4  regions
 *  33  4  places
 *  37  4  IPv4 ranges
 *  41  4  IPv6 ranges
 *  45     source, licence, attribution: each 2 bytes of length, then UTF-8
 *         columns, in the order of {@link Columns}: each 4 bytes of length, then raw Deflate data
 * </pre>
 */
final class TableFormat {
    static final byte[] MAGIC = {'G', 'H', 'G', 'E', 'O', 0};
    static final int VERSION = 1;
    static final int LENGTH_AT = 8;
    static final int CHECKSUM_AT = 12;
    static final int CHECKED_FROM = 16;

    /** In columns of names: no name contains it. */
    static final byte END_OF_NAME = '\n';

    /** In a column of steps: the range is of the place as many different places ago, 0 to this less one. */
    static final int RECENT_PLACES = 16;
    /** In a column of steps: the range is of a place told in the next two columns. */
    static final int OTHER_PLACE = 16;
    /** In a column of steps: the range is of no place. */
    static final int NO_PLACE = 17;

    /** Coordinates are stored as whole ten-thousandths of a degree. */
    static final int DEGREE = 10_000;

    private TableFormat() {}
}
