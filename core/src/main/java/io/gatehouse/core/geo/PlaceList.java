package io.gatehouse.core.geo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The places of a table, each with its rendered JSON. */
final class PlaceList {
    static final PlaceList NONE = new PlaceList(new String[0], new String[0], new int[0], new int[0], new PlaceJson(0));

    private final byte[][] countryCode;
    private final int[] countryLetters;
    private final byte[][] regionName;
    private final int[] countryOfRegion;
    /**
     * For each place two numbers, side by side because they are read together: where its JSON starts, and its region. At
     * the end, where the last one's JSON ends.
     */
    private final int[] entries;

    private final byte[] json;

    PlaceList(
            String[] countryCode, String[] regionName, int[] countryOfRegion, int[] regionOfPlace, PlaceJson rendered) {
        this.countryCode = utf8(countryCode);
        this.countryLetters =
                Arrays.stream(countryCode).mapToInt(PlaceList::letters).toArray();
        this.regionName = utf8(regionName);
        this.countryOfRegion = countryOfRegion;
        int[] starts = rendered.starts();
        entries = new int[2 * regionOfPlace.length + 1];
        for (int place = 0; place < regionOfPlace.length; place++) {
            entries[2 * place] = starts[place];
            entries[2 * place + 1] = regionOfPlace[place];
        }
        entries[2 * regionOfPlace.length] = starts[regionOfPlace.length];
        json = rendered.bytes();
    }

    private static byte[][] utf8(String[] names) {
        return Arrays.stream(names)
                .map(name -> name == null ? null : name.getBytes(UTF_8))
                .toArray(byte[][]::new);
    }

    int places() {
        return entries.length / 2;
    }

    int regions() {
        return regionName.length;
    }

    int countries() {
        return countryCode.length;
    }

    int jsonLength(int place) {
        return entries[2 * place + 2] - entries[2 * place];
    }

    int copyJson(int place, byte[] to, int at) {
        int start = entries[2 * place];
        int length = entries[2 * place + 2] - start;
        System.arraycopy(json, start, to, at, length);
        return at + length;
    }

    int touch(int place) {
        int start = entries[2 * place];
        return json[start] + json[Math.min(start + 64, json.length - 1)];
    }

    int regionOf(int place) {
        return entries[2 * place + 1];
    }

    int countryOf(int place) {
        return countryOfRegion[entries[2 * place + 1]];
    }

    private static int letters(String code) {
        return code == null ? 0 : code.charAt(0) << 8 | code.charAt(1);
    }

    int countryLetters(int place) {
        return countryLetters[countryOf(place)];
    }

    byte[] countryCode(int country) {
        return countryCode[country];
    }

    byte[] regionName(int region) {
        return regionName[region];
    }
}
