package io.gatehouse.core.geo;

/** The places of a table, each with its rendered JSON. */
final class PlaceList {
    static final PlaceList NONE = new PlaceList(new String[0], new String[0], new int[0], new int[0], new PlaceJson(0));

    private final String[] countryCode;
    private final String[] regionName;
    private final int[] countryOfRegion;
    private final int[] regionOfPlace;
    /** Where each place's JSON starts, and at the end where the last one's ends. */
    private final int[] jsonStart;

    private final byte[] json;

    PlaceList(
            String[] countryCode, String[] regionName, int[] countryOfRegion, int[] regionOfPlace, PlaceJson rendered) {
        this.countryCode = countryCode;
        this.regionName = regionName;
        this.countryOfRegion = countryOfRegion;
        this.regionOfPlace = regionOfPlace;
        jsonStart = rendered.starts();
        json = rendered.bytes();
    }

    int places() {
        return regionOfPlace.length;
    }

    int regions() {
        return regionName.length;
    }

    int countries() {
        return countryCode.length;
    }

    int jsonLength(int place) {
        return jsonStart[place + 1] - jsonStart[place];
    }

    int copyJson(int place, byte[] to, int at) {
        int start = jsonStart[place];
        int length = jsonStart[place + 1] - start;
        System.arraycopy(json, start, to, at, length);
        return at + length;
    }

    int touch(int place) {
        int start = jsonStart[place];
        return regionOfPlace[place] + json[start] + json[Math.min(start + 64, json.length - 1)];
    }

    int regionOf(int place) {
        return regionOfPlace[place];
    }

    int countryOf(int place) {
        return countryOfRegion[regionOfPlace[place]];
    }

    String countryCode(int country) {
        return countryCode[country];
    }

    String regionName(int region) {
        return regionName[region];
    }
}
