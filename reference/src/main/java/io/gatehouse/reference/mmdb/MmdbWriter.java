package io.gatehouse.reference.mmdb;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds an MMDB file. Networks lie in a binary tree, one level for each bit of an address:
 *
 * <pre>
 *   nodes         each two numbers of 24, 28 or 32 bits, for a next bit of 0 and of 1:
 *                   below the node count   the next node; the root is 0
 *                   the node count itself  nothing
 *                   above                  node count + 16 + offset of a record in the data
 *   16 zeros
 *   data          the records, see {@link MmdbData}
 *   marker        "MaxMind.com" after three bytes
 *   metadata      a record about the file
 * </pre>
 *
 * Addresses are given as two halves of 64 bits, those of IPv4 in the low one. In a file for both families, IPv4 lies below
 * ::/96. A node takes 8 bytes here, so that the millions of networks of a table of cities take some hundred megabytes.
 */
public final class MmdbWriter {
    private static final byte[] METADATA_MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SEPARATOR_BYTES = 16;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int BITS_BEFORE_IPV4 = IPV6_BITS - IPV4_BITS;
    private static final int FIRST_NODES = 1 << 10;
    /** The root is nobody's child. */
    private static final int NOTHING = 0;

    private final short ipVersion;
    private final short recordBits;
    private final int addressBits;
    private final MmdbData data = new MmdbData();
    /** Two for each node: the number of a node, {@link #NOTHING}, or the complement of a record's offset. */
    private int[] children = new int[2 * FIRST_NODES];

    private int nodes = 1;

    /**
     * @param ipVersion 4 or 6; the latter for both families
     * @param recordBits 24, 28 or 32
     */
    public MmdbWriter(int ipVersion, int recordBits) {
        if (recordBits != 24 && recordBits != 28 && recordBits != 32) {
            throw new IllegalArgumentException("a record has 24, 28 or 32 bits, not " + recordBits);
        }
        this.ipVersion = (short) ipVersion;
        this.recordBits = (short) recordBits;
        this.addressBits = ipVersion == 4 ? IPV4_BITS : IPV6_BITS;
    }

    /**
     * Adds a record for networks to lead to; of equal ones, only the first.
     *
     * @param members what {@link MmdbData} has types for
     * @return a number for it
     */
    public int record(Map<String, ?> members) {
        return data.add(members);
    }

    /**
     * Makes a network lead to a record. A wider one comes before the narrower ones within it, or it takes their place.
     *
     * @param prefixLength 1 to 32 for IPv4 in either kind of file, 1 to 128 for IPv6
     */
    public void addIpv4(long address, int prefixLength, int record) {
        put(0, address, prefixLength + addressBits - IPV4_BITS, ~record);
    }

    /** As {@link #addIpv4}. */
    public void addIpv6(long high, long low, int prefixLength, int record) {
        put(high, low, prefixLength, ~record);
    }

    /** Makes the IPv6 networks that stand for IPv4 ones lead there, as MaxMind does: ::ffff:0:0/96 and 2002::/16. */
    public void mirrorIpv4() {
        int node = 0;
        for (int depth = 0; depth < BITS_BEFORE_IPV4; depth++) {
            node = descend(2 * node);
        }
        put(0, 0xffffL << IPV4_BITS, BITS_BEFORE_IPV4, node);
        put(0x2002L << Long.SIZE - Short.SIZE, 0, Short.SIZE, node);
    }

    /**
     * Writes the file.
     *
     * @param type what the file calls itself; readers of cities want the word City in it
     * @throws IllegalStateException when the records' numbers outgrow their bits
     */
    public void write(Path file, String type, String description, Instant builtAt) throws IOException {
        long largest = nodes + SEPARATOR_BYTES + (long) data.lengthBytes();
        if (largest >>> recordBits != 0) {
            throw new IllegalStateException(nodes + " nodes and " + data.lengthBytes()
                    + " bytes of records need numbers" + " of more than " + recordBits + " bits");
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            byte[] node = new byte[recordBits / 4];
            for (int i = 0; i < nodes; i++) {
                encode(target(children[2 * i]), target(children[2 * i + 1]), node);
                out.write(node);
            }
            out.write(new byte[SEPARATOR_BYTES]);
            data.writeTo(out);
            out.write(METADATA_MARKER);
            MmdbData metadata = new MmdbData();
            metadata.add(metadata(type, description, builtAt));
            metadata.writeTo(out);
        }
    }

    private Map<String, Object> metadata(String type, String description, Instant builtAt) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("binary_format_major_version", (short) 2);
        metadata.put("binary_format_minor_version", (short) 0);
        metadata.put("build_epoch", builtAt.getEpochSecond());
        metadata.put("database_type", type);
        metadata.put("description", Map.of("en", description));
        metadata.put("ip_version", ipVersion);
        metadata.put("languages", List.of("en"));
        metadata.put("node_count", nodes);
        metadata.put("record_size", recordBits);
        return metadata;
    }

    private void put(long high, long low, int prefixLength, int child) {
        if (prefixLength < 1 || prefixLength > addressBits) {
            throw new IllegalArgumentException("no network has a prefix of " + prefixLength + " bits here");
        }
        int node = 0;
        for (int depth = 0; depth < prefixLength - 1; depth++) {
            node = descend(2 * node + bit(high, low, depth));
        }
        children[2 * node + bit(high, low, prefixLength - 1)] = child;
    }

    /** The node that lies at an index of {@link #children}; what was there before, but for a node, is split in two. */
    private int descend(int at) {
        int child = children[at];
        if (child > 0) {
            return child;
        }
        if (2 * nodes == children.length) {
            children = Arrays.copyOf(children, 2 * children.length);
        }
        children[2 * nodes] = child;
        children[2 * nodes + 1] = child;
        children[at] = nodes;
        return nodes++;
    }

    private int bit(long high, long low, int depth) {
        int fromRight = addressBits - 1 - depth;
        return (int) (fromRight < Long.SIZE ? low >>> fromRight : high >>> fromRight - Long.SIZE) & 1;
    }

    private long target(int child) {
        if (child == NOTHING) {
            return nodes;
        }
        return child > 0 ? child : (long) nodes + SEPARATOR_BYTES + ~child;
    }

    private void encode(long left, long right, byte[] node) {
        int whole = recordBits / 8;
        bigEndian(left, node, 0, whole);
        bigEndian(right, node, node.length - whole, whole);
        if (recordBits == 28) {
            // The middle byte has the upper four bits of both.
            node[3] = (byte) (left >>> 24 << 4 | right >>> 24);
        }
    }

    private static void bigEndian(long number, byte[] to, int at, int bytes) {
        for (int i = 0; i < bytes; i++) {
            to[at + i] = (byte) (number >>> (bytes - 1 - i) * Byte.SIZE);
        }
    }
}
