package io.gatehouse.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A HyperLogLog of users as {@code docs/statistics.md} describes it. */
final class Sketch {
    /** What two of three estimates keep to, relative to the true number. */
    static final double STANDARD_ERROR = 1.04 / 64;

    private static final int INDEX_BITS = 12;
    private static final int REGISTERS = 1 << INDEX_BITS;
    private static final int RANK_BITS = 64 - INDEX_BITS;
    private static final int MAX_RANK = RANK_BITS + 1;
    private static final int MOST_LISTED = 1365;

    private final byte[] registers = new byte[REGISTERS];

    void add(String userId) {
        long hash = XxHash64.hash(userId.getBytes(StandardCharsets.UTF_8));
        int register = (int) (hash >>> RANK_BITS);
        int zeros = Long.numberOfLeadingZeros(hash << INDEX_BITS);
        int rank = Math.min(zeros, RANK_BITS) + 1;
        registers[register] = (byte) Math.max(registers[register], rank);
    }

    /** The contract's {@code sketch}. */
    String text() {
        ByteArrayOutputStream listed = new ByteArrayOutputStream();
        for (int register = 0; register < REGISTERS; register++) {
            if (registers[register] > 0) {
                listed.write(register >> 8);
                listed.write(register);
                listed.write(registers[register]);
            }
        }
        boolean few = listed.size() <= 3 * MOST_LISTED;
        return Base64.getEncoder().encodeToString(few ? listed.toByteArray() : registers);
    }

    /**
     * The contract's {@code estimate}: O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017,
     * algorithm 6.
     */
    long estimate() {
        int[] ofRank = new int[MAX_RANK + 1];
        for (byte rank : registers) {
            ofRank[rank]++;
        }
        double m = REGISTERS;
        double sum = m * sigma(ofRank[0] / m) + m * tau(1 - ofRank[MAX_RANK] / m) * Math.pow(2, -RANK_BITS);
        for (int rank = 1; rank <= RANK_BITS; rank++) {
            sum += ofRank[rank] * Math.pow(2, -rank);
        }
        return Math.round(m * m / (2 * Math.log(2)) / sum);
    }

    private static double sigma(double x) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = x;
        double power = x;
        double before = -1;
        for (double factor = 1; sum != before; factor *= 2) {
            before = sum;
            power *= power;
            sum += power * factor;
        }
        return sum;
    }

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
}
