package io.gatehouse.core.geo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The places of a table, each with its rendered JSON. */
final class PlaceList {
    static final PlaceList NONE =
            new PlaceList(new String[0], new String[0], new int[0], new int[0], new PlaceJson(0, 0));

    private final byte[][] countryCode;
    private final int[] countryLetters;
    private final byte[][] regionName;
    private final int[] countryOfRegion;
    /** Where the beginning of each region's JSON starts, and at the end where the last one ends. */
    private final int[] openingStart;

    private final byte[] openings;
    /**
     * For each place two numbers, side by side because they are read together: where the rest of its JSON starts, and its
     * region. At the end, where the last one's rest ends.
     */
    private final int[] entries;

    private final byte[] rests;

    PlaceList(
            String[] countryCode, String[] regionName, int[] countryOfRegion, int[] regionOfPlace, PlaceJson rendered) {
        this.countryCode = utf8(countryCode);
        this.countryLetters =
                Arrays.stream(countryCode).mapToInt(PlaceList::letters).toArray();
        this.regionName = utf8(regionName);
        this.countryOfRegion = countryOfRegion;
        openingStart = rendered.openings().starts();
        openings = rendered.openings().bytes();
        int[] starts = rendered.rests().starts();
        entries = new int[2 * regionOfPlace.length + 1];
        for (int place = 0; place < regionOfPlace.length; place++) {
            entries[2 * place] = starts[place];
            entries[2 * place + 1] = regionOfPlace[place];
        }
        entries[2 * regionOfPlace.length] = starts[regionOfPlace.length];
        rests = rendered.rests().bytes();
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
        int region = entries[2 * place + 1];
        return openingStart[region + 1] - openingStart[region] + entries[2 * place + 2] - entries[2 * place];
    }

    int copyJson(int place, byte[] to, int at) {
        int region = entries[2 * place + 1];
        int opening = openingStart[region];
        int openingBytes = openingStart[region + 1] - opening;
        System.arraycopy(openings, opening, to, at, openingBytes);
        int rest = entries[2 * place];
        int restBytes = entries[2 * place + 2] - rest;
        System.arraycopy(rests, rest, to, at + openingBytes, restBytes);
        return at + openingBytes + restBytes;
    }

    int touch(int place) {
        int start = entries[2 * place];
        return rests[start] + rests[Math.min(start + 64, rests.length - 1)];
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
