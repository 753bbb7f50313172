package io.gatehouse.core.geo;

import java.util.Arrays;

/**
 * What kind of address an event carries; classified in code, before the table is asked. It follows the IANA
 * special-purpose address registries: a block named there is never {@link #PUBLIC}, but for the services that stand
 * alone in globally routed space (AS112 and AMT: 192.31.196.0/24, 192.52.193.0/24, 192.175.48.0/24, 2620:4f:8000::/48).
 */
public enum IpCategory {
    PUBLIC("public"),
    /** RFC 1918 and fc00::/7. */
    PRIVATE("private"),
    LOOPBACK("loopback"),
    LINK_LOCAL("link_local"),
    /** 100.64.0.0/10, between a carrier and its customers. */
    SHARED("shared"),
    MULTICAST("multicast"),
    DOCUMENTATION("documentation"),
    /** Every other special-purpose block, and IPv6 outside 2000::/3. */
    RESERVED("reserved"),
    /** {@code ::}. */
    UNSPECIFIED("unspecified"),
    /** No address. */
    UNKNOWN("unknown");

    private static final IpCategory[] CATEGORIES = values();
    /** In place of a category: the octet's addresses are of several. */
    private static final byte SEVERAL = -1;
    /** By the first octet of an IPv4 address. A table, since no processor can foretell which way a random address goes. */
    private static final byte[] OF_FIRST_OCTET = ofFirstOctet();

    private final String label;

    IpCategory(String label) {
        this.label = label;
    }

    /** The category's name in the processed event. */
    public String label() {
        return label;
    }

    /** The category of an address; {@link #UNKNOWN} for none. */
    public static IpCategory of(IpAddress address) {
        return switch (address.family()) {
            case 4 -> ofIpv4((int) address.low());
            case 6 -> ofIpv6(address.high(), address.low());
            default -> UNKNOWN;
        };
    }

    private static IpCategory ofIpv4(int address) {
        int ordinal = OF_FIRST_OCTET[address >>> 24];
        return ordinal == SEVERAL ? ofIpv4InSeveral(address) : CATEGORIES[ordinal];
    }

    private static byte[] ofFirstOctet() {
        byte[] ordinals = new byte[256];
        Arrays.fill(ordinals, (byte) PUBLIC.ordinal());
        ordinals[0] = (byte) RESERVED.ordinal();
        ordinals[10] = (byte) PRIVATE.ordinal();
        ordinals[127] = (byte) LOOPBACK.ordinal();
        Arrays.fill(ordinals, 0xe0, 0xf0, (byte) MULTICAST.ordinal());
        Arrays.fill(ordinals, 0xf0, 0x100, (byte) RESERVED.ordinal());
        for (int octet : new int[] {100, 169, 172, 192, 198, 203}) {
            ordinals[octet] = SEVERAL;
        }
        return ordinals;
    }

    private static IpCategory ofIpv4InSeveral(int address) {
        return switch (address >>> 24) {
            case 100 -> isWithin(address, 0x64400000, 10) ? SHARED : PUBLIC;
            case 169 -> isWithin(address, 0xa9fe0000, 16) ? LINK_LOCAL : PUBLIC;
            case 172 -> isWithin(address, 0xac100000, 12) ? PRIVATE : PUBLIC;
            case 192 -> ofIpv4In192(address);
            case 198 -> ofIpv4In198(address);
            default -> isWithin(address, 0xcb007100, 24) ? DOCUMENTATION : PUBLIC;
        };
    }

    private static IpCategory ofIpv4In192(int address) {
        if (isWithin(address, 0xc0a80000, 16)) {
            return PRIVATE;
        }
        if (isWithin(address, 0xc0000200, 24)) {
            return DOCUMENTATION;
        }
        // Protocol assignments with the anycast addresses inside them, and the former 6to4 relays.
        return isWithin(address, 0xc0000000, 24) || isWithin(address, 0xc0586300, 24) ? RESERVED : PUBLIC;
    }

    private static IpCategory ofIpv4In198(int address) {
        if (isWithin(address, 0xc6336400, 24)) {
            return DOCUMENTATION;
        }
        return isWithin(address, 0xc6120000, 15) ? RESERVED : PUBLIC;
    }

    private static IpCategory ofIpv6(long high, long low) {
        if (high >>> 61 == 1) {
            return ofGlobalUnicast(high);
        }
        if (high == 0 && low <= 1 && low >= 0) {
            return low == 0 ? UNSPECIFIED : LOOPBACK;
        }
        if (high >>> 57 == 0xfc >>> 1) {
            return PRIVATE;
        }
        if (high >>> 54 == 0xfe80 >>> 6) {
            return LINK_LOCAL;
        }
        return high >>> 56 == 0xff ? MULTICAST : RESERVED;
    }

    /** 2000::/3. */
    private static IpCategory ofGlobalUnicast(long high) {
        if (high >>> 32 == 0x20010db8L || high >>> 44 == 0x3fff0) {
            return DOCUMENTATION;
        }
        // 2001::/23: Teredo, benchmarking, ORCHID and other protocol assignments. 2002::/16: 6to4.
        return high >>> 41 == 0x20010000L >>> 9 || high >>> 48 == 0x2002 ? RESERVED : PUBLIC;
    }

    private static boolean isWithin(int address, int block, int prefixLength) {
        return (address ^ block) >>> 32 - prefixLength == 0;
    }
}
