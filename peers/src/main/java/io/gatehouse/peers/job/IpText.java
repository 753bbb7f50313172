package io.gatehouse.peers.job;

import java.util.Arrays;

/** Reads addresses that stand as text. Nothing is ever looked up: a host name is no address. */
final class IpText {
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_IPV4_AT = 12;

    private IpText() {}

    /**
     * A strict dotted quad, or an IPv6 literal without zone id (RFC 4291, 2.2).
     *
     * @return 4 bytes, also for an IPv6 address that maps an IPv4 one, or 16; null when the text is no address
     */
    static byte[] parse(String text) {
        if (text.indexOf(':') < 0) {
            byte[] address = new byte[4];
            return readQuad(text, 0, text.length(), address, 0) ? address : null;
        }
        byte[] address = new byte[IPV6_BYTES];
        int gap = text.indexOf("::");
        if (gap < 0) {
            return readGroups(text, 0, text.length(), true, address) == IPV6_BYTES ? unmapped(address) : null;
        }
        byte[] end = new byte[IPV6_BYTES];
        int before = readGroups(text, 0, gap, false, address);
        int after = readGroups(text, gap + 2, text.length(), true, end);
        // The gap stands for one group of zeros at least.
        if (before < 0 || after < 0 || before + after > IPV6_BYTES - 2) {
            return null;
        }
        System.arraycopy(end, 0, address, IPV6_BYTES - after, after);
        return unmapped(address);
    }

    private static byte[] unmapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return address;
            }
        }
        boolean isMapped = address[10] == (byte) 0xff && address[11] == (byte) 0xff;
        return isMapped ? Arrays.copyOfRange(address, MAPPED_IPV4_AT, IPV6_BYTES) : address;
    }

    /**
     * Reads groups of hexadecimal digits, single colons between them.
     *
     * @param quadMayEnd whether the last of them may be a dotted quad
     * @return the bytes written; -1 when there is anything else, or too much
     */
    private static int readGroups(String text, int from, int to, boolean quadMayEnd, byte[] into) {
        if (from == to) {
            return 0;
        }
        int written = 0;
        int at = from;
        while (true) {
            int colon = text.indexOf(':', at);
            boolean isLast = colon < 0 || colon >= to;
            int end = isLast ? to : colon;
            int group = hexadecimal(text, at, end);
            if (group >= 0 && written <= IPV6_BYTES - 2) {
                into[written++] = (byte) (group >>> 8);
                into[written++] = (byte) group;
            } else if (isLast && quadMayEnd && written <= IPV6_BYTES - 4 && readQuad(text, at, end, into, written)) {
                written += 4;
            } else {
                return -1;
            }
            if (isLast) {
                return written;
            }
            at = end + 1;
        }
    }

    /** One to four hexadecimal digits; -1 when it is anything else. */
    private static int hexadecimal(String text, int from, int to) {
        if (to == from || to - from > 4) {
            return -1;
        }
        int group = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            group = group << 4 | digit;
        }
        return group;
    }

    /** Four decimal parts from 0 to 255, none of them with a leading zero. */
    private static boolean readQuad(String text, int from, int to, byte[] into, int intoAt) {
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int number = 0;
            for (; at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 3; at++) {
                number = number * 10 + text.charAt(at) - '0';
            }
            int digits = at - start;
            boolean hasLeadingZero = digits > 1 && text.charAt(start) == '0';
            if (digits == 0 || hasLeadingZero || number > 255) {
                return false;
            }
            into[intoAt + part] = (byte) number;
            if (part < 3) {
                if (at == to || text.charAt(at) != '.') {
                    return false;
                }
                at++;
            }
        }
        return at == to;
    }
}
