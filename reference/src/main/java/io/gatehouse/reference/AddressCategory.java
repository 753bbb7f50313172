package io.gatehouse.reference;

import java.util.List;

/**
 * What kind of address it is, by the IANA registries of special-purpose addresses, IPv4 and IPv6. A block that is wholly
 * or partly set aside counts as reserved when the contract has no word of its own for it; blocks that the registries
 * call globally reachable (192.31.196.0/24, 192.52.193.0/24, 192.175.48.0/24, 2620:4f:8000::/48) are public.
 */
final class AddressCategory {
    private record Block(Address first, int prefixBits, String category) {}

    /** The first block that holds the address decides. */
    private static final List<Block> BLOCKS = List.of(
            block("0.0.0.0", 8, "reserved"),
            block("10.0.0.0", 8, "private"),
            block("100.64.0.0", 10, "shared"),
            block("127.0.0.0", 8, "loopback"),
            block("169.254.0.0", 16, "link_local"),
            block("172.16.0.0", 12, "private"),
            block("192.0.0.0", 24, "reserved"),
            block("192.0.2.0", 24, "documentation"),
            block("192.88.99.0", 24, "reserved"),
            block("192.168.0.0", 16, "private"),
            block("198.18.0.0", 15, "reserved"),
            block("198.51.100.0", 24, "documentation"),
            block("203.0.113.0", 24, "documentation"),
            block("224.0.0.0", 4, "multicast"),
            block("240.0.0.0", 4, "reserved"),
            block("0.0.0.0", 0, "public"),
            block("::", 128, "unspecified"),
            block("::1", 128, "loopback"),
            block("fc00::", 7, "private"),
            block("fe80::", 10, "link_local"),
            block("ff00::", 8, "multicast"),
            block("2001:db8::", 32, "documentation"),
            block("3fff::", 20, "documentation"),
            block("2001::", 23, "reserved"),
            block("2002::", 16, "reserved"),
            block("2000::", 3, "public"),
            block("::", 0, "reserved"));

    private AddressCategory() {}

    /** The contract's {@code ip_category}; null, for no address, is "unknown". */
    static String of(Address address) {
        if (address == null) {
            return "unknown";
        }
        return BLOCKS.stream()
                .filter(block -> address.isIn(block.first, block.prefixBits))
                .findFirst()
                .orElseThrow()
                .category;
    }

    private static Block block(String first, int prefixBits, String category) {
        return new Block(Address.parse(first), prefixBits, category);
    }
}
