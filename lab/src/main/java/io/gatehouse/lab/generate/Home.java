package io.gatehouse.lab.generate;

/**
 * A region where users live: the blocks its addresses come from (the IPv6 one 32 bits long), its clock and the locales
 * its users set.
 */
enum Home {
    US_WEST(0x49_00_00_00, 8, 0x2601_0600L, -8, "CA", "WA", "OR", "NV"),
    US_EAST(0x60_E0_00_00, 11, 0x2600_4040L, -5, "NY", "NJ", "MA", "VA"),
    US_SOUTH(0x63_00_00_00, 10, 0x2600_1700L, -6, "TX", "FL", "GA"),
    BRAZIL(0xBD_00_00_00, 11, 0x2804_014CL, -3, "SP", "RJ"),
    BRITAIN(0x51_80_00_00, 12, 0x2A00_23C0L, 0, "EN", "SC"),
    FRANCE(0x5A_00_00_00, 9, 0x2A01_0CB0L, 1, "IDF", "PAC"),
    GERMANY(0x5B_00_00_00, 10, 0x2003_00C0L, 1, "BY", "BE", "NW"),
    SOUTH_AFRICA(0x69_E0_00_00, 12, Home.NO_IPV6, 2, "GP", "WC"),
    INDIA(0x75_C0_00_00, 10, 0x2409_4000L, 5, "KA", "MH", "DL"),
    JAPAN(0x7E_00_00_00, 8, 0x2400_4050L, 9, "13", "27"),
    AUSTRALIA(0x01_78_00_00, 13, 0x2001_8003L, 10, "NSW", "VIC");

    private static final long NO_IPV6 = 0;
    private static final Home[] ALL = values();

    private final int block;
    private final int blockBits;
    private final long block6;
    private final int hoursFromUtc;
    private final String[] locales;

    Home(int block, int blockBits, long block6, int hoursFromUtc, String... locales) {
        this.block = block;
        this.blockBits = blockBits;
        this.block6 = block6;
        this.hoursFromUtc = hoursFromUtc;
        this.locales = locales;
    }

    static Home of(long number) {
        return ALL[(int) Long.remainderUnsigned(number, ALL.length)];
    }

    int localHour(long timeMs) {
        return (int) Math.floorMod(Math.floorDiv(timeMs, 3_600_000L) + hoursFromUtc, 24L);
    }

    String locale(long number) {
        return locales[(int) Long.remainderUnsigned(number, locales.length)];
    }

    boolean hasIpv6() {
        return block6 != NO_IPV6;
    }

    /** An IPv4 address of the block, chosen by number. */
    String ipv4(long number) {
        return Names.quad(block | (int) number & -1 >>> blockBits);
    }

    /** An IPv6 address of the block, chosen by number; half of them are short forms. */
    String ipv6(long number) {
        String network = Long.toHexString(block6 >>> 16) + ":" + Long.toHexString(block6 & 0xFFFF) + ":"
                + hex(number, 0) + ":" + hex(number, 16);
        return (number & 1) == 0
                ? network + "::" + hex(number, 32)
                : network + ":" + hex(number, 32) + ":" + hex(number, 48) + ":" + hex(~number, 8) + ":"
                        + hex(~number, 24);
    }

    private static String hex(long number, int shift) {
        return Long.toHexString(number >>> shift & 0xFFFF);
    }
}
