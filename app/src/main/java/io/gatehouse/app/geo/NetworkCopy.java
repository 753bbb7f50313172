package io.gatehouse.app.geo;

import com.maxmind.db.Reader;
import io.gatehouse.core.geo.GeoTableWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The way of a file's networks into a table: each record is decoded once, and nothing is kept finer than a /64. */
final class NetworkCopy {
    private static final int FINEST_IPV6 = 64;

    private final Reader reader;
    private final GeoTableWriter writer;
    private final Map<Long, Integer> numbers = new HashMap<>();

    /** Of the networks within one /64, the widest so far; none when its prefix length is 0. */
    private int finePrefixLength;

    private long fineNetwork;
    private int fineNumber;

    NetworkCopy(Reader reader, GeoTableWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    void addIpv4(long first, int prefixLength, long record) {
        long last = first | 0xffffffffL >>> prefixLength;
        byte[] address = ByteBuffer.allocate(Integer.BYTES).putInt((int) first).array();
        writer.addIpv4(first, last, number(record, address));
    }

    void addIpv6(long high, long low, int prefixLength, long record) {
        byte[] address =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        int number = number(record, address);
        if (finePrefixLength > 0 && high != fineNetwork) {
            end();
        }
        if (prefixLength <= FINEST_IPV6) {
            long last = prefixLength == FINEST_IPV6 ? high : high | -1L >>> prefixLength;
            writer.addIpv6(high, last, number);
        } else if (finePrefixLength == 0 || prefixLength < finePrefixLength) {
            finePrefixLength = prefixLength;
            fineNetwork = high;
            fineNumber = number;
        }
    }

    /** Adds the /64 that is still being gathered. */
    void end() {
        if (finePrefixLength > 0) {
            writer.addIpv6(fineNetwork, fineNetwork, fineNumber);
            finePrefixLength = 0;
        }
    }

    private int number(long record, byte[] address) {
        return numbers.computeIfAbsent(record, unseen -> writer.record(MmdbRecord.place(decode(address))));
    }

    private Map<?, ?> decode(byte[] address) {
        try {
            Map<?, ?> record = reader.get(InetAddress.getByAddress(address), Map.class);
            return record == null ? Map.of() : record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
