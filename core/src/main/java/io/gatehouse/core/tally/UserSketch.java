package io.gatehouse.core.tally;

import io.gatehouse.core.login.Text;
import io.gatehouse.core.profile.XxHash64;
import java.util.Arrays;
import java.util.Base64;

/**
 * How many distinct users there are, by HyperLogLog: a hash's first bits choose one of 4096 registers, which keeps the
 * longest run of zeros that began the rest. Merged register by register, sketches tell of the users of all of them.
 *
 * <p>The relative standard error is {@link #STANDARD_ERROR}; the estimator is that of O. Ertl, "New cardinality estimation
 * algorithms for HyperLogLog sketches", 2017, section 2, which needs no other method for small numbers.
 */
public final class UserSketch {
    /** What two of three estimates keep to, relative to the true number: 1.04 / √registers. */
    public static final double STANDARD_ERROR = 1.04 / 64;

    private static final int INDEX_BITS = 12;
    static final int REGISTERS = 1 << INDEX_BITS;
    private static final int RANK_BITS = Long.SIZE - INDEX_BITS;
    static final int MAX_RANK = RANK_BITS + 1;
    /** As many registers as listing is shorter for. */
    private static final int MOST_LISTED = REGISTERS / 3;

    private final byte[] registers = new byte[REGISTERS];
    private final byte[] journaled = new byte[REGISTERS];

    void add(Text userId) {
        add(XxHash64.hash(userId.bytes(), userId.from(), userId.to(), 0));
    }

    /** @param hash of a user */
    void add(long hash) {
        int register = (int) (hash >>> RANK_BITS);
        // The bit below the last ends the run where all others are zeros.
        int rank = Long.numberOfLeadingZeros(hash << INDEX_BITS | 1L << INDEX_BITS - 1) + 1;
        if (rank > registers[register]) {
            registers[register] = (byte) rank;
        }
    }

    void clear() {
        Arrays.fill(registers, (byte) 0);
        Arrays.fill(journaled, (byte) 0);
    }

    /**
     * Adds the users of a published sketch.
     *
     * @param text what {@link #text} gave
     * @throws IllegalArgumentException when it is no such text
     */
    public void merge(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length == REGISTERS) {
            for (int register = 0; register < REGISTERS; register++) {
                raise(register, bytes[register]);
            }
            return;
        }
        if (bytes.length % 3 != 0 || bytes.length > 3 * MOST_LISTED) {
            throw new IllegalArgumentException("not a sketch: " + bytes.length + " bytes");
        }
        for (int at = 0; at < bytes.length; at += 3) {
            raise((bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF, bytes[at + 2]);
        }
    }

    private void raise(int register, byte rank) {
        if (register >= REGISTERS || rank < 0 || rank > MAX_RANK) {
            throw new IllegalArgumentException("not a sketch: register " + register + " of rank " + rank);
        }
        if (rank > registers[register]) {
            registers[register] = rank;
        }
    }

    /** The registers as {@code sketch} tells them: listed while that is shorter, and else all of them. */
    public String text() {
        byte[] listed = new byte[3 * MOST_LISTED];
        int at = 0;
        for (int register = 0; register < REGISTERS; register++) {
            if (registers[register] != 0) {
                if (at == listed.length) {
                    return Base64.getEncoder().encodeToString(registers);
                }
                listed[at++] = (byte) (register >>> 8);
                listed[at++] = (byte) register;
                listed[at++] = registers[register];
            }
        }
        return Base64.getEncoder().encodeToString(Arrays.copyOf(listed, at));
    }

    /** About how many distinct users were added. */
    public long estimate() {
        int[] ofRank = new int[MAX_RANK + 1];
        for (byte rank : registers) {
            ofRank[rank]++;
        }
        double m = REGISTERS;
        double sum = m * tau(1 - ofRank[MAX_RANK] / m);
        for (int rank = RANK_BITS; rank >= 1; rank--) {
            sum = (sum + ofRank[rank]) / 2;
        }
        sum += m * sigma(ofRank[0] / m);
        return Math.round(m * m / (2 * Math.log(2) * sum));
    }

    /** Stands for registers that are empty by chance: x + Σ x^(2^k) 2^(k−1), until it grows no more. */
    private static double sigma(double x) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = x;
        double power = x * x;
        double factor = 1;
        for (double next = sum + power; next != sum; next = sum + power * factor) {
            sum = next;
            power *= power;
            factor *= 2;
        }
        return sum;
    }

    /** Stands for registers that are full: (1 − x − Σ (1 − x^(2^−k))² 2^−k) / 3, until it shrinks no more. */
    private static double tau(double x) {
        double sum = 1 - x;
        double root = x;
        double before = -1;
        for (double factor = 0.5; sum != before; factor /= 2) {
            before = sum;
            root = Math.sqrt(root);
            sum -= (1 - root) * (1 - root) * factor;
        }
        return sum / 3;
    }

    void forgetJournal() {
        Arrays.fill(journaled, (byte) 0);
    }

    /** Writes the registers that the journal does not have. */
    void drain(ImageWriter to) {
        to.begin(ImageFormat.REGISTERS);
        for (int i = nextChanged(0); i < REGISTERS; i = nextChanged(i + 1)) {
            to.register(i, registers[i]);
            journaled[i] = registers[i];
        }
        to.end();
    }

    /** The first register from one on that the journal does not have; {@link #REGISTERS} when there is none. */
    private int nextChanged(int from) {
        int at = Arrays.mismatch(registers, from, REGISTERS, journaled, from, REGISTERS);
        return at < 0 ? REGISTERS : from + at;
    }

    /** Takes over a register, which the journal has. */
    void restore(int register, byte rank) {
        raise(register, rank);
        journaled[register] = registers[register];
    }
}
