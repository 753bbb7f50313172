package io.gatehouse.core.tally;

import java.util.Arrays;

/**
 * Remembers which number the {@link Names} of a window gave to a country or region of the geo table, so that each is
 * looked for by name once in a window. Another table has other numbers for the same names: then it begins anew.
 */
final class PlaceNames {
    /** The number of a place without a name, which is not counted. */
    static final int NONE = Names.OTHER + 1;
    /** The number of a place that has not been looked for in this window. */
    static final int UNKNOWN = -1;

    private static final int NUMBER_BITS = 10;
    private static final int NUMBER_MASK = (1 << NUMBER_BITS) - 1;
    private static final int LAST_ROUND = (1 << Integer.SIZE - NUMBER_BITS) - 1;

    private final Names names;
    /** Each the number, and above it the round it was remembered in: so the past is forgotten at no cost. */
    private int[] entries = new int[0];

    private int round;

    PlaceNames(Names names) {
        this.names = names;
    }

    /** Forgets all; there are this many places from now on. */
    void clear(int places) {
        if (entries.length != places) {
            entries = new int[places];
            round = 0;
        } else if (round == LAST_ROUND) {
            Arrays.fill(entries, 0);
            round = 0;
        }
        round++;
    }

    /** The number that the name of a place has in this window; {@link #UNKNOWN} when it was not looked for yet. */
    int numberOf(int place) {
        int entry = entries[place];
        return entry >>> NUMBER_BITS == round ? entry & NUMBER_MASK : UNKNOWN;
    }

    /**
     * Looks for the name of a place, and remembers its number.
     *
     * @param name of which no byte may change; null for a place without one
     */
    int look(int place, byte[] name) {
        int number = name == null ? NONE : names.numberOf(name);
        entries[place] = round << NUMBER_BITS | number;
        return number;
    }
}
