package io.gatehouse.core.geo;

/**
 * An IP address as two longs, parsed strictly from text and reused from event to event. IPv4, and IPv6 that maps IPv4
 * ({@code ::ffff:a.b.c.d} in any spelling), is family 4 with the address in the low 32 bits of {@link #low()}.
 */
public final class IpAddress {
    private static final int IPV6_GROUPS = 8;
    private static final long MAPPED_PREFIX = 0xffffL;

    private int family;
    private long high;
    private long low;

    /** 4, 6, or 0 for no address. */
    public int family() {
        return family;
    }

    /** The upper 64 bits of an IPv6 address; 0 for IPv4. */
    public long high() {
        return high;
    }

    /** The lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address, unsigned. */
    public long low() {
        return low;
    }

    /** Makes this "no address". */
    public void clear() {
        family = 0;
        high = 0;
        low = 0;
    }

    /** Takes an address given as 32 bits; what is above them is ignored. */
    public void setIpv4(long address) {
        family = 4;
        high = 0;
        low = address & 0xffffffffL;
    }

    /** Takes an address given as 128 bits; one that maps IPv4 becomes family 4. */
    public void setIpv6(long upper, long lower) {
        if (upper == 0 && lower >>> 32 == MAPPED_PREFIX) {
            setIpv4(lower);
            return;
        }
        family = 6;
        high = upper;
        low = lower;
    }

    /**
     * Reads a strict dotted quad (four parts of one to three digits, 0 to 255, no leading zeros) or an IPv6 literal (RFC
     * 4291: up to eight groups of one to four hex digits, {@code ::} at most once and for at least one group, a dotted
     * quad in place of the last two groups; no zone id, no brackets, no prefix length). Nothing is ever resolved.
     *
     * @param from index of the first byte
     * @param to index after the last byte
     * @return false when the text is neither; this is then cleared
     */
    public boolean parse(byte[] text, int from, int to) {
        long quad = DottedQuad.parse(text, from, to);
        if (quad != DottedQuad.NONE) {
            setIpv4(quad);
            return true;
        }
        if (parseIpv6(text, from, to)) {
            return true;
        }
        clear();
        return false;
    }

    private boolean parseIpv6(byte[] text, int from, int to) {
        long upper = 0;
        long lower = 0;
        int groups = 0;
        int gap = -1;
        int i = from;
        if (to - from >= 2 && text[from] == ':') {
            if (text[from + 1] != ':') {
                return false;
            }
            gap = 0;
            i += 2;
        }
        boolean groupExpected = gap < 0;
        while (i < to) {
            int start = i;
            int group = 0;
            while (i < to && i - start < 4) {
                int digit = hexDigit(text[i]);
                if (digit < 0) {
                    break;
                }
                group = group << 4 | digit;
                i++;
            }
            if (i < to && text[i] == '.') {
                long quad = DottedQuad.parse(text, start, to);
                if (quad == DottedQuad.NONE || groups > IPV6_GROUPS - 2) {
                    return false;
                }
                upper = upper << 32 | lower >>> 32;
                lower = lower << 32 | quad;
                groups += 2;
                i = to;
                groupExpected = false;
                break;
            }
            if (i == start || groups == IPV6_GROUPS) {
                return false;
            }
            upper = upper << 16 | lower >>> 48;
            lower = lower << 16 | group;
            groups++;
            groupExpected = false;
            if (i == to) {
                break;
            }
            if (text[i] != ':') {
                return false;
            }
            i++;
            groupExpected = true;
            if (i < to && text[i] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = groups;
                i++;
                groupExpected = false;
            }
        }
        if (groupExpected || (gap < 0 ? groups != IPV6_GROUPS : groups >= IPV6_GROUPS)) {
            return false;
        }
        setWithGap(upper, lower, groups, gap);
        return true;
    }

    /** Moves the groups before the gap up, so that the gap's zeros fill the address to eight groups. */
    private void setWithGap(long upper, long lower, int groups, int gap) {
        int after = gap < 0 ? groups : groups - gap;
        int shift = (IPV6_GROUPS - groups) * 16;
        long keepUpper = after <= 4 ? 0 : mask((after - 4) * 16);
        long keepLower = mask(Math.min(after, 4) * 16);
        long headUpper = upper & ~keepUpper;
        long headLower = lower & ~keepLower;
        setIpv6(
                shiftedUpper(headUpper, headLower, shift) | upper & keepUpper,
                shiftedLower(headLower, shift) | lower & keepLower);
    }

    private static long shiftedUpper(long upper, long lower, int shift) {
        if (shift == 0) {
            return upper;
        }
        if (shift >= 64) {
            return shift == 128 ? 0 : lower << shift - 64;
        }
        return upper << shift | lower >>> 64 - shift;
    }

    private static long shiftedLower(long lower, int shift) {
        return shift >= 64 ? 0 : lower << shift;
    }

    /** The lowest {@code bits} bits, 0 to 64. */
    private static long mask(int bits) {
        return bits == 64 ? -1L : (1L << bits) - 1;
    }

    private static int hexDigit(byte character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int letter = character | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
