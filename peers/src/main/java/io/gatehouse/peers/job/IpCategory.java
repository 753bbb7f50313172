package io.gatehouse.peers.job;

/** What kind of address it is, by the IANA registries of special-purpose addresses, in the contract's words. */
final class IpCategory {
    static final String PUBLIC = "public";

    private static final String PRIVATE = "private";
    private static final String LOOPBACK = "loopback";
    private static final String LINK_LOCAL = "link_local";
    private static final String SHARED = "shared";
    private static final String MULTICAST = "multicast";
    private static final String DOCUMENTATION = "documentation";
    private static final String RESERVED = "reserved";
    private static final String UNSPECIFIED = "unspecified";
    private static final String UNKNOWN = "unknown";

    private IpCategory() {}

    /** @param address 4 or 16 bytes; null when the event has none */
    static String of(byte[] address) {
        if (address == null) {
            return UNKNOWN;
        }
        return address.length == 4 ? ofIpv4(address[0] & 0xff, address[1] & 0xff, address[2] & 0xff) : ofIpv6(address);
    }

    private static String ofIpv4(int first, int second, int third) {
        if (first >= 240) {
            return RESERVED;
        }
        if (first >= 224) {
            return MULTICAST;
        }
        return switch (first) {
            case 0 -> RESERVED;
            case 10 -> PRIVATE;
            case 100 -> second >> 6 == 1 ? SHARED : PUBLIC;
            case 127 -> LOOPBACK;
            case 169 -> second == 254 ? LINK_LOCAL : PUBLIC;
            case 172 -> second >> 4 == 1 ? PRIVATE : PUBLIC;
            case 192 -> ofIpv4From192(second, third);
            case 198 -> second >> 1 == 9 ? RESERVED : second == 51 && third == 100 ? DOCUMENTATION : PUBLIC;
            case 203 -> second == 0 && third == 113 ? DOCUMENTATION : PUBLIC;
            default -> PUBLIC;
        };
    }

    private static String ofIpv4From192(int second, int third) {
        if (second == 168) {
            return PRIVATE;
        }
        if (second == 0 && third == 2) {
            return DOCUMENTATION;
        }
        return second == 0 && third == 0 || second == 88 && third == 99 ? RESERVED : PUBLIC;
    }

    private static String ofIpv6(byte[] address) {
        int first = (address[0] & 0xff) << 8 | address[1] & 0xff;
        int second = (address[2] & 0xff) << 8 | address[3] & 0xff;
        if (first == 0) {
            return ofIpv6From0(address);
        }
        if (first >> 9 == 0xfc >> 1) {
            return PRIVATE;
        }
        if (first >> 6 == 0xfe80 >> 6) {
            return LINK_LOCAL;
        }
        if (first >> 8 == 0xff) {
            return MULTICAST;
        }
        if (first == 0x2001 && second == 0xdb8 || first == 0x3fff && second >> 12 == 0) {
            return DOCUMENTATION;
        }
        if (first == 0x2001 && second >> 9 == 0 || first == 0x2002) {
            return RESERVED;
        }
        return first >> 13 == 1 ? PUBLIC : RESERVED;
    }

    private static String ofIpv6From0(byte[] address) {
        for (int i = 2; i < address.length - 1; i++) {
            if (address[i] != 0) {
                return RESERVED;
            }
        }
        return switch (address[address.length - 1]) {
            case 0 -> UNSPECIFIED;
            case 1 -> LOOPBACK;
            default -> RESERVED;
        };
    }
}
