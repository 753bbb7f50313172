package io.gatehouse.core.geo;

import java.nio.charset.StandardCharsets;

/** Reads the columns of countries, regions and places. */
final class PlaceReader {
    private static final int MOST_NAME_BYTES = Place.MAX_NAME_LENGTH * 4;

    private final Columns columns;
    private final int countries;
    private final int regions;
    private final int places;
    private final byte[] name = new byte[MOST_NAME_BYTES];

    PlaceReader(Columns columns, int countries, int regions, int places) {
        this.columns = columns;
        this.countries = countries;
        this.regions = regions;
        this.places = places;
    }

    PlaceList read() {
        String[] continent = new String[countries];
        String[] country = new String[countries];
        try (Column codes = columns.next("countries")) {
            for (int i = 0; i < countries; i++) {
                continent[i] = readCode(codes);
                country[i] = readCode(codes);
            }
            codes.expectEnd();
        }
        try (Column regionCountries = columns.next("region countries");
                Column regionNames = columns.next("region names");
                Column regionPlaces = columns.next("region places");
                Column cities = columns.next("cities");
                Column latitudes = columns.next("latitudes");
                Column longitudes = columns.next("longitudes");
                Column radii = columns.next("radii")) {
            String[] regionName = new String[regionCountries.plausible(regions)];
            int[] countryOfRegion = new int[regions];
            int[] regionOfPlace = new int[cities.plausible(places)];
            PlaceJson json = new PlaceJson(regions, places);
            Coordinate latitude = new Coordinate(latitudes, 90);
            Coordinate longitude = new Coordinate(longitudes, 180);
            int place = 0;
            for (int region = 0; region < regions; region++) {
                int ofCountry = regionCountries.readNumberBelow(countries);
                String called = readName(regionNames);
                countryOfRegion[region] = ofCountry;
                regionName[region] = label(country[ofCountry], called);
                json.inRegion(continent[ofCountry], country[ofCountry], called);
                int last = place + regionPlaces.readNumberBelow(places - place + 1);
                for (; place < last; place++) {
                    regionOfPlace[place] = region;
                    json.add(
                            name,
                            readNameBytes(cities),
                            latitude.next(),
                            longitude.next(),
                            radii.readNumberBelow(Place.MAX_RADIUS_KM + 1));
                }
            }
            if (place < places) {
                throw regionPlaces.damaged("leaves places without a region");
            }
            for (Column column :
                    new Column[] {regionCountries, regionNames, regionPlaces, cities, latitudes, longitudes, radii}) {
                column.expectEnd();
            }
            return new PlaceList(country, regionName, countryOfRegion, regionOfPlace, json);
        }
    }

    /** Null for none. */
    private static String readCode(Column column) {
        int first = column.readByte();
        int second = column.readByte();
        if (first == 0 && second == 0) {
            return null;
        }
        if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') {
            throw column.damaged("has a code that is not of two capital letters");
        }
        return String.valueOf(new char[] {(char) first, (char) second});
    }

    /** Null for none. */
    private String readName(Column column) {
        int length = readNameBytes(column);
        return length == 0 ? null : new String(name, 0, length, StandardCharsets.UTF_8);
    }

    /** Reads a name into {@link #name}, and returns how many bytes it has: 0 for none. */
    private int readNameBytes(Column column) {
        int length = 0;
        int next = column.readByte();
        while (next != TableFormat.END_OF_NAME) {
            if (length == name.length) {
                throw column.damaged("has a name of more than " + name.length + " bytes");
            }
            name[length++] = (byte) next;
            next = column.readByte();
        }
        return length;
    }

    private static String label(String country, String region) {
        if (region == null || country == null) {
            return region;
        }
        return country + "/" + region;
    }

    /** A column of latitudes or longitudes, each told by how far it lies from the one before. */
    private static final class Coordinate {
        private final Column column;
        private final int limit;
        private int last;

        Coordinate(Column column, int limitDegrees) {
            this.column = column;
            this.limit = limitDegrees * TableFormat.DEGREE;
        }

        /** In ten-thousandths of a degree, or {@link PlaceJson#UNKNOWN}. */
        int next() {
            int number = column.readNumberBelow(limit * 4 + 2);
            if (number == 0) {
                return PlaceJson.UNKNOWN;
            }
            int zigzag = number - 1;
            last += zigzag >>> 1 ^ -(zigzag & 1);
            if (Math.abs(last) > limit) {
                throw column.damaged("leaves the globe");
            }
            return last;
        }
    }
}
