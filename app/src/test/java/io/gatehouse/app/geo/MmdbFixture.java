package io.gatehouse.app.geo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes small MMDB files, as the MaxMind DB format's specification describes them. */
public final class MmdbFixture {
    private static final byte[] METADATA_MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SEPARATOR_BYTES = 16;

    private final int ipVersion;
    private final int recordBits;
    private final List<Object[]> nodes = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Map<Object, Integer> offsets = new HashMap<>();

    public MmdbFixture(int ipVersion, int recordBits) {
        this.ipVersion = ipVersion;
        this.recordBits = recordBits;
        nodes.add(new Object[2]);
    }

    /** Adds a network such as "1.2.3.0/24"; a wider one may be added before the narrower ones within it. */
    public MmdbFixture add(String network, Map<String, ?> record) {
        insert(network, record);
        return this;
    }

    /** Makes a network lead to where the IPv4 networks are, as MaxMind does with ::ffff:0:0/96 and 2002::/16. */
    MmdbFixture mirrorIpv4(String network) {
        int node = 0;
        for (int depth = 0; depth < 96; depth++) {
            node = descend(node, 0);
        }
        insert(network, node);
        return this;
    }

    public Path write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object[] node : nodes) {
            writeNode(bytes, target(node[0]), target(node[1]));
        }
        bytes.write(new byte[SEPARATOR_BYTES]);
        data.writeTo(bytes);
        bytes.write(METADATA_MARKER);
        ByteArrayOutputStream metadata = new ByteArrayOutputStream();
        encode(
                metadata,
                Map.of(
                        "node_count",
                        nodes.size(),
                        "record_size",
                        recordBits,
                        "ip_version",
                        ipVersion,
                        "database_type",
                        "Fixture-City",
                        "languages",
                        List.of("en"),
                        "binary_format_major_version",
                        2,
                        "binary_format_minor_version",
                        0,
                        "build_epoch",
                        1_780_000_000,
                        "description",
                        Map.of("en", "made by a test")));
        metadata.writeTo(bytes);
        return Files.write(file, bytes.toByteArray());
    }

    private void insert(String network, Object target) {
        try {
            String[] parts = network.split("/");
            byte[] octets = InetAddress.getByName(parts[0]).getAddress();
            int length = Integer.parseInt(parts[1]);
            if (octets.length == 4 && ipVersion == 6) {
                byte[] wide = new byte[16];
                System.arraycopy(octets, 0, wide, 12, 4);
                octets = wide;
                if (network.contains(":")) {
                    octets[10] = octets[11] = (byte) 0xff;
                } else {
                    length += 96;
                }
            }
            int node = 0;
            for (int depth = 0; depth < length - 1; depth++) {
                node = descend(node, bit(octets, depth));
            }
            nodes.get(node)[bit(octets, length - 1)] = target;
        } catch (IOException e) {
            throw new IllegalArgumentException(network, e);
        }
    }

    private int descend(int node, int side) {
        Object child = nodes.get(node)[side];
        if (child instanceof Integer next) {
            return next;
        }
        nodes.add(new Object[] {child, child});
        nodes.get(node)[side] = nodes.size() - 1;
        return nodes.size() - 1;
    }

    private static int bit(byte[] octets, int index) {
        return octets[index / 8] >> 7 - index % 8 & 1;
    }

    private long target(Object child) throws IOException {
        if (child == null) {
            return nodes.size();
        }
        if (child instanceof Integer node) {
            return node;
        }
        if (!offsets.containsKey(child)) {
            offsets.put(child, data.size());
            encode(data, child);
        }
        return nodes.size() + SEPARATOR_BYTES + offsets.get(child);
    }

    private void writeNode(ByteArrayOutputStream to, long left, long right) {
        if (recordBits == 28) {
            writeBytes(to, left & 0xffffff, 3);
            to.write((int) (left >>> 24 << 4 | right >>> 24));
            writeBytes(to, right & 0xffffff, 3);
        } else {
            writeBytes(to, left, recordBits / 8);
            writeBytes(to, right, recordBits / 8);
        }
    }

    private static void writeBytes(ByteArrayOutputStream to, long number, int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            to.write((int) (number >>> shift));
        }
    }

    private static void encode(ByteArrayOutputStream to, Object value) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writeControl(to, 2, bytes.length);
            to.write(bytes);
        } else if (value instanceof Double number) {
            writeControl(to, 3, 8);
            out.writeDouble(number);
        } else if (value instanceof Float number) {
            writeControl(to, 15, 4);
            out.writeFloat(number);
        } else if (value instanceof Integer number) {
            writeControl(to, 6, 4);
            out.writeInt(number);
        } else if (value instanceof List<?> list) {
            writeControl(to, 11, list.size());
            for (Object element : list) {
                encode(to, element);
            }
        } else if (value instanceof Map<?, ?> map) {
            writeControl(to, 7, map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                encode(to, entry.getKey());
                encode(to, entry.getValue());
            }
        } else {
            throw new IllegalArgumentException("no MMDB type for " + value.getClass());
        }
    }

    private static void writeControl(ByteArrayOutputStream to, int type, int size) {
        int shortSize = Math.min(size, 29);
        to.write(type < 8 ? type << 5 | shortSize : shortSize);
        if (type >= 8) {
            to.write(type - 7);
        }
        if (size >= 29) {
            to.write(size - 29);
        }
    }
}
