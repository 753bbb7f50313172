package io.gatehouse.reference.mmdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Writes small MMDB files of networks that are given as text. */
public final class MmdbFixture {
    private static final Instant BUILT_AT = Instant.ofEpochSecond(1_780_000_000);

    private final MmdbWriter writer;

    public MmdbFixture(int ipVersion, int recordBits) {
        writer = new MmdbWriter(ipVersion, recordBits);
    }

    /** Adds a network such as "1.2.3.0/24"; a wider one may be added before the narrower ones within it. */
    public MmdbFixture add(String network, Map<String, ?> record) {
        int slash = network.indexOf('/');
        ByteBuffer address = ByteBuffer.wrap(octets(network.substring(0, slash)));
        int prefixLength = Integer.parseInt(network.substring(slash + 1));
        int number = writer.record(record);
        if (address.capacity() == Integer.BYTES) {
            writer.addIpv4(Integer.toUnsignedLong(address.getInt()), prefixLength, number);
        } else {
            writer.addIpv6(address.getLong(), address.getLong(), prefixLength, number);
        }
        return this;
    }

    /** See {@link MmdbWriter#mirrorIpv4}. */
    public MmdbFixture mirrorIpv4() {
        writer.mirrorIpv4();
        return this;
    }

    public Path write(Path file) throws IOException {
        writer.write(file, "Fixture-City", "made by a test", BUILT_AT);
        return file;
    }

    /** The four or sixteen octets of an address given as text. */
    public static byte[] octets(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
