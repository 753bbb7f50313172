package io.gatehouse.core.geo;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One column of a compiled table, inflated piece by piece so that loading needs little beside the table itself. */
final class Column implements AutoCloseable {
    private static final int PIECE_BYTES = 16 * 1024;
    /** Deflate cannot pack more than this many bytes into one, so no column is believed to hold more. */
    private static final long MOST_BYTES_PER_BYTE = 1032;

    private final String name;
    private final long mostBytes;
    private final Inflater inflater = new Inflater(true);
    private final byte[] piece = new byte[PIECE_BYTES];
    private int next;
    private int end;

    Column(String name, ByteBuffer deflated) {
        this.name = name;
        mostBytes = deflated.remaining() * MOST_BYTES_PER_BYTE;
        inflater.setInput(deflated);
    }

    /** Refuses a count of entries, each of a byte or more, that cannot be: before memory is taken for them. */
    int plausible(int count) {
        if (count < 0 || count > mostBytes) {
            throw damaged("holds fewer than the " + Integer.toUnsignedString(count) + " entries it should");
        }
        return count;
    }

    int readByte() {
        if (next == end) {
            end = inflate();
            if (end == 0) {
                throw damaged("ends early");
            }
            next = 0;
        }
        return piece[next++] & 0xff;
    }

    /** An unsigned number: seven bits in each byte, the lowest first, the top bit set in all but the last. */
    long readNumber() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int bits = readByte();
            number |= (long) (bits & 0x7f) << shift;
            if (bits < 0x80) {
                return number;
            }
        }
        throw damaged("has a number beyond 64 bits");
    }

    /** An unsigned number below a limit. */
    int readNumberBelow(int limit) {
        long number = readNumber();
        if (number < 0 || number >= limit) {
            throw damaged("has " + Long.toUnsignedString(number) + " where only less than " + limit + " makes sense");
        }
        return (int) number;
    }

    /** Says that there must be nothing left. */
    void expectEnd() {
        if (next < end || inflate() > 0) {
            throw damaged("goes on after its end");
        }
    }

    GeoTableException damaged(String how) {
        return new GeoTableException("the geo table is damaged: its column \"" + name + "\" " + how);
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int inflate() {
        try {
            int inflated = 0;
            while (inflated == 0 && !inflater.finished()) {
                inflated = inflater.inflate(piece);
                if (inflated == 0 && !inflater.finished()) {
                    throw damaged("ends early");
                }
            }
            return inflated;
        } catch (DataFormatException e) {
            throw damaged("does not inflate");
        }
    }
}
