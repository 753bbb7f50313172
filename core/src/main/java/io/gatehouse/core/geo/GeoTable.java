package io.gatehouse.core.geo;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Places by address range; immutable, safe for any number of threads. */
public final class GeoTable {
    /** What {@link #find} answers when no range holds the address. */
    public static final int NOWHERE = -1;

    private static final GeoTable EMPTY = new GeoTable(
            new GeoInfo(new GeoSource("none", Instant.EPOCH, "", ""), GeoLevel.COUNTRY, 0, 0, 0, 0, 0),
            new Ipv4Ranges(0),
            new Ipv6Ranges(0),
            PlaceList.NONE);

    private final GeoInfo info;
    private final Ipv4Ranges ipv4;
    private final Ipv6Ranges ipv6;
    private final PlaceList places;

    GeoTable(GeoInfo info, Ipv4Ranges ipv4, Ipv6Ranges ipv6, PlaceList places) {
        this.info = info;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.places = places;
    }

    /** A table that knows no place. */
    public static GeoTable empty() {
        return EMPTY;
    }

    /**
     * Reads a compiled table.
     *
     * @param file the whole file, from position to limit
     * @throws GeoTableException when it is damaged, cut short or of another format version
     */
    public static GeoTable read(ByteBuffer file) {
        return new TableReader(file).read();
    }

    /** Whether a file begins as a compiled table does, in whatever version. */
    public static boolean isTable(ByteBuffer file) {
        byte[] magic = TableFormat.MAGIC;
        return file.remaining() >= magic.length
                && file.slice(file.position(), magic.length).equals(ByteBuffer.wrap(magic));
    }

    public GeoInfo info() {
        return info;
    }

    /** The number of the place that holds a public address, or {@link #NOWHERE}. */
    public int find(IpAddress address) {
        return switch (address.family()) {
            case 4 -> ipv4.find(address.low());
            case 6 -> ipv6.find(address.high());
            default -> NOWHERE;
        };
    }

    /**
     * The range that an address was found by, for people: {@code 81.2.69.0 - 81.2.69.255}; null where there is no address.
     */
    public String rangeOf(IpAddress address) {
        return switch (address.family()) {
            case 4 -> dotted(ipv4.firstOf(address.low())) + " - " + dotted(ipv4.lastOf(address.low()));
            case 6 ->
                groups(ipv6.firstOf(address.high())) + ":: - " + groups(ipv6.lastOf(address.high()))
                        + ":ffff:ffff:ffff:ffff";
            default -> null;
        };
    }

    private static String dotted(long address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    /** The four groups of an IPv6 network of 64 bits. */
    private static String groups(long network) {
        return IntStream.of(48, 32, 16, 0)
                .mapToObj(shift -> Long.toHexString(network >>> shift & 0xffff))
                .collect(Collectors.joining(":"));
    }

    /** Length in bytes of a place's rendered JSON object (the contract's {@code geo}). */
    public int jsonLength(int place) {
        return places.jsonLength(place);
    }

    /** Copies a place's rendered JSON object and returns the index after its last byte. */
    public int copyJson(int place, byte[] to, int at) {
        return places.copyJson(place, to, at);
    }

    /** Reads from a place what brings it into the cache; the value means nothing. */
    public int touch(int place) {
        return place == NOWHERE ? 0 : places.touch(place);
    }

    /** How many places there are; place numbers are 0 to this less one. */
    public int places() {
        return places.places();
    }

    /** A small dense number for the place's country, 0 to {@link #countries()} less one. */
    public int countryOf(int place) {
        return places.countryOf(place);
    }

    /**
     * The two ASCII letters of the place's country code, the first in the higher byte: unlike its number, they mean the
     * same in every table. 0 for {@link #NOWHERE}, and where the source names no country.
     */
    public int countryLetters(int place) {
        return place == NOWHERE ? 0 : places.countryLetters(place);
    }

    public int countries() {
        return places.countries();
    }

    /** ISO 3166-1 alpha-2 code in ASCII, not to be changed; null where the source names none. */
    public byte[] countryCode(int country) {
        return places.countryCode(country);
    }

    /** A small dense number for the place's region (country and region), 0 to {@link #regions()} less one. */
    public int regionOf(int place) {
        return places.regionOf(place);
    }

    public int regions() {
        return places.regions();
    }

    /** "US/Washington" in UTF-8, not to be changed; null where the source names no region. */
    public byte[] regionName(int region) {
        return places.regionName(region);
    }
}
