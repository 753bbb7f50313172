package io.gatehouse.app.capacity;

import java.util.stream.Stream;

/**
 * A number of machines, and what asks for so many.
 *
 * @param count the largest of the needs
 * @param because the name of that need; of equal ones, the first
 */
record Bounded(long count, String because) {
    /** So much above a whole number is the arithmetic's, not the need's. */
    private static final double NOISE = 1e-9;

    /** One need, of whole machines and a part of one. */
    static Bounded by(String need, double machines) {
        return new Bounded(up(machines), need);
    }

    /** The next whole number that suffices. */
    static long up(double number) {
        return (long) Math.ceil(number - NOISE);
    }

    static Bounded largestOf(Bounded... needs) {
        return Stream.of(needs)
                .reduce((one, other) -> other.count > one.count ? other : one)
                .orElseThrow();
    }
}
