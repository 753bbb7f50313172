package io.gatehouse.lab.generate;

import java.util.UUID;

/** Spells identifiers and addresses from numbers. */
final class Names {
    private Names() {}

    /** A version 4 UUID. */
    static String uuid(long high, long low) {
        return new UUID((high & ~0xF000L) | 0x4000L, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
                .toString();
    }

    /** Like "593-47-5928". */
    static String numbered(long number) {
        int part = (int) Long.remainderUnsigned(number, 1_000_000_000L);
        return padded(part / 1_000_000, 3) + "-" + padded(part / 10_000 % 100, 2) + "-" + padded(part % 10_000, 4);
    }

    static String quad(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }
}
