package io.gatehouse.core.geo;

/**
 * The different places of the ranges before, the latest first. Neighbouring ranges take turns between few places, so
 * that most ranges are told by a small number here.
 */
final class RecentPlaces {
    private final int[] places = new int[TableFormat.RECENT_PLACES];
    private int size;

    /** How many different places ago this place was, or {@link TableFormat#OTHER_PLACE}; it is then the latest. */
    int use(int place) {
        int ago = 0;
        while (ago < size && places[ago] != place) {
            ago++;
        }
        if (ago < size) {
            bringForward(ago);
            return ago;
        }
        add(place);
        return TableFormat.OTHER_PLACE;
    }

    /** Adds a place that is not among the recent ones; the oldest is forgotten. */
    void add(int place) {
        if (size < places.length) {
            size++;
        }
        System.arraycopy(places, 0, places, 1, size - 1);
        places[0] = place;
    }

    /** The place that many different places ago, which is then the latest; -1 when there were not so many. */
    int bringForward(int ago) {
        if (ago >= size) {
            return -1;
        }
        int place = places[ago];
        System.arraycopy(places, 0, places, 1, ago);
        places[0] = place;
        return place;
    }
}
