package io.gatehouse.core.geo;

/**
 * An IP address as two longs, parsed strictly from text and reused from event to event. IPv4, and IPv6 that maps IPv4
 * ({@code ::ffff:a.b.c.d} in any spelling), is family 4 with the address in the low 32 bits of {@link #low()}.
 */
public final class IpAddress {
    private int family;
    private long high;
    private long low;

    /** 4, 6, or 0 for no address. */
    public int family() {
        return family;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** Makes this "no address". */
    public void clear() {
        family = 0;
        high = 0;
        low = 0;
    }

    /**
     * Reads a strict dotted quad (four parts, no leading zeros) or an IPv6 literal without zone id.
     *
     * @return false when the text is neither; this is then cleared
     */
    public boolean parse(byte[] text, int from, int to) {
        throw new UnsupportedOperationException("written next");
    }
}
