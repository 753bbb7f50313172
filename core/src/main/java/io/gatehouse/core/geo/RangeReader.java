package io.gatehouse.core.geo;

/** Reads the ranges of one family, in order of their starts. */
final class RangeReader implements AutoCloseable {
    private final String family;
    private final PlaceList places;
    private final int[] firstPlaceOfRegion;
    private final Column zeros;
    private final Column lengths;
    private final Column steps;
    private final Column regions;
    private final Column ranks;
    private final RecentPlaces recent = new RecentPlaces();
    private boolean begun;
    private long start;
    private int place;

    RangeReader(String family, Columns columns, PlaceList places) {
        this.family = family;
        this.places = places;
        firstPlaceOfRegion = firstPlaces(places);
        zeros = columns.next(family + " zeros");
        lengths = columns.next(family + " lengths");
        steps = columns.next(family + " steps");
        regions = columns.next(family + " regions");
        ranks = columns.next(family + " ranks");
    }

    int plausible(int count) {
        return steps.plausible(count);
    }

    /** Moves on to the next range; the first starts at 0. */
    void next() {
        if (begun) {
            int shift = zeros.readByte();
            if (shift >= Long.SIZE) {
                throw zeros.damaged("has a length beyond 64 bits");
            }
            start += (lengths.readNumber() << 1 | 1) << shift;
        }
        begun = true;
        int step = steps.readByte();
        if (step < TableFormat.RECENT_PLACES) {
            place = recent.bringForward(step);
            if (place < 0) {
                throw steps.damaged("goes back beyond its first place");
            }
        } else if (step == TableFormat.OTHER_PLACE) {
            int region = regions.readNumberBelow(places.regions());
            int first = firstPlaceOfRegion[region];
            place = first + ranks.readNumberBelow(firstPlaceOfRegion[region + 1] - first);
            recent.add(place);
        } else if (step == TableFormat.NO_PLACE) {
            place = GeoTable.NOWHERE;
        } else {
            throw steps.damaged("has an unknown step " + step);
        }
    }

    long start() {
        return start;
    }

    int place() {
        return place;
    }

    GeoTableException outOfOrder() {
        return new GeoTableException("the geo table is damaged: its " + family + " ranges are out of order");
    }

    void expectEnd() {
        for (Column column : new Column[] {zeros, lengths, steps, regions, ranks}) {
            column.expectEnd();
        }
    }

    @Override
    public void close() {
        for (Column column : new Column[] {zeros, lengths, steps, regions, ranks}) {
            column.close();
        }
    }

    private static int[] firstPlaces(PlaceList places) {
        int[] first = new int[places.regions() + 1];
        for (int place = 0; place < places.places(); place++) {
            first[places.regionOf(place) + 1]++;
        }
        for (int region = 0; region < places.regions(); region++) {
            first[region + 1] += first[region];
        }
        return first;
    }
}
