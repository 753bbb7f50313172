package io.gatehouse.app.geo;

import com.maxmind.db.Metadata;
import io.gatehouse.core.geo.GeoTableException;
import java.nio.ByteBuffer;

/**
 * The search tree of an MMDB file, walked in order of addresses. MaxMind's reader can list networks too, but decodes the
 * record of every single one; millions of networks share their records, so that walking the tree and decoding each
 * record once is many times faster.
 *
 * <pre>
 *   a node is two numbers of 24, 28 or 32 bits, for a next bit of 0 and of 1:
 *     below the node count   the next node
 *     the node count itself  no data
 *     above                  a pointer to the networks' record
 * </pre>
 */
final class MmdbTree {
    /** Sees each network that has data, in ascending order. */
    interface Visitor {
        /**
         * @param high the upper 64 bits of an IPv6 network, 0 for IPv4
         * @param low the lower 64 bits of an IPv6 network, or the 32 bits of an IPv4 network
         * @param prefixLength 0 to 128, or 0 to 32
         * @param record the same number for the same record
         */
        void network(long high, long low, int prefixLength, long record);
    }

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    /** In a tree for both families, IPv4 lies below ::/96. */
    private static final int BITS_BEFORE_IPV4 = 96;

    private final ByteBuffer file;
    private final long nodes;
    private final int recordBits;
    private final boolean both;
    private final long ipv4Start;
    private int bits;
    private long visited;
    private Visitor visitor;

    MmdbTree(ByteBuffer file, Metadata metadata) {
        this.file = file;
        nodes = metadata.nodeCount();
        recordBits = metadata.recordSize();
        both = metadata.ipVersion() == 6;
        if (recordBits != 24 && recordBits != 28 && recordBits != 32 || nodes * (recordBits / 4) > file.limit()) {
            throw new GeoTableException("its search tree does not fit into it");
        }
        ipv4Start = both ? startOfIpv4() : 0;
    }

    boolean holdsIpv4() {
        return ipv4Start != nodes;
    }

    boolean holdsIpv6() {
        return both && holdsMoreThanIpv4();
    }

    void walkIpv4(Visitor sees) {
        begin(IPV4_BITS, sees);
        follow(ipv4Start, 0, 0, 0);
    }

    /** Without what mirrors the IPv4 networks elsewhere, as in ::ffff:0:0/96 and 2002::/16. */
    void walkIpv6(Visitor sees) {
        begin(IPV6_BITS, sees);
        follow(0, 0, 0, 0);
    }

    private void begin(int familyBits, Visitor sees) {
        bits = familyBits;
        visitor = sees;
        visited = 0;
    }

    /** Whether a side branch from the way to the IPv4 networks leads anywhere. */
    private boolean holdsMoreThanIpv4() {
        long node = 0;
        for (int depth = 0; depth < BITS_BEFORE_IPV4 && node < nodes; depth++) {
            long side = child(node, 1);
            if (side != nodes && side != ipv4Start) {
                return true;
            }
            node = child(node, 0);
        }
        return false;
    }

    private long startOfIpv4() {
        long node = 0;
        for (int depth = 0; depth < BITS_BEFORE_IPV4 && node < nodes; depth++) {
            node = child(node, 0);
        }
        return node;
    }

    private void follow(long target, int depth, long high, long low) {
        if (target > nodes) {
            visitor.network(high, low, depth, target);
        } else if (target < nodes && !(bits == IPV6_BITS && depth > 0 && target == ipv4Start)) {
            if (depth == bits || ++visited > nodes) {
                throw new GeoTableException("its search tree has no end");
            }
            follow(child(target, 0), depth + 1, high, low);
            int bit = bits - 1 - depth;
            long highBit = bit >= Long.SIZE ? 1L << bit : 0;
            long lowBit = bit >= Long.SIZE ? 0 : 1L << bit;
            follow(child(target, 1), depth + 1, high | highBit, low | lowBit);
        }
    }

    private long child(long node, int side) {
        int at = (int) (node * (recordBits / 4));
        return switch (recordBits) {
            case 24 -> unsigned(at + side * 3, 3);
            case 28 -> {
                int middle = file.get(at + 3) & 0xff;
                yield side == 0
                        ? (long) (middle >>> 4) << 24 | unsigned(at, 3)
                        : (long) (middle & 0xf) << 24 | unsigned(at + 4, 3);
            }
            default -> unsigned(at + side * 4, 4);
        };
    }

    private long unsigned(int at, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | file.get(at + i) & 0xff;
        }
        return number;
    }
}
