package io.gatehouse.core.geo;

import io.gatehouse.core.geo.GeoTableWriter.TablePlace;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Orders and encodes a compiled table. Regions with the most ranges come first, and so do places within their region:
 * small numbers are short, and repeated short numbers deflate well.
 */
final class TableEncoder {
    private static final Comparator<String> NAMES = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<Double> DEGREES = Comparator.nullsFirst(Comparator.naturalOrder());

    private final GeoLevel level;
    private final GeoSource source;
    private final List<TablePlace> places;
    private final RangeList ipv4;
    private final RangeList ipv6;

    private final List<Country> countries;
    private final List<Region> regions;
    /** By the writer's place number. */
    private final Region[] regionOf;

    /** By the writer's place number: its number among the places of its region. */
    private final int[] rankOf;

    TableEncoder(GeoLevel level, GeoSource source, List<TablePlace> places, RangeList ipv4, RangeList ipv6) {
        this.level = level;
        this.source = source;
        this.places = places;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        int[] uses = new int[places.size()];
        countUses(ipv4, uses);
        countUses(ipv6, uses);
        regionOf = new Region[places.size()];
        rankOf = new int[places.size()];
        regions = regionsByUse(uses);
        countries = regions.stream().map(Region::country).distinct().sorted().toList();
    }

    byte[] encode() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream file = new DataOutputStream(bytes);
            file.write(TableFormat.MAGIC);
            file.writeShort(TableFormat.VERSION);
            file.writeInt(0);
            file.writeInt(0);
            file.writeLong(source.builtAt().getEpochSecond());
            file.writeByte(level.ordinal());
            file.writeInt(countries.size());
            file.writeInt(regions.size());
            file.writeInt(
                    regions.stream().mapToInt(region -> region.members.size()).sum());
            file.writeInt(ipv4.size());
            file.writeInt(ipv6.size());
            for (String text : List.of(source.name(), source.licence(), source.attribution())) {
                writeText(file, text);
            }
            writeCountries(file);
            writeRegions(file);
            writePlaces(file);
            writeRanges(file, ipv4);
            writeRanges(file, ipv6);
            return sealed(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused to be written", e);
        }
    }

    private static byte[] sealed(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        buffer.putInt(TableFormat.LENGTH_AT, file.length);
        CRC32C checksum = new CRC32C();
        checksum.update(file, TableFormat.CHECKED_FROM, file.length - TableFormat.CHECKED_FROM);
        buffer.putInt(TableFormat.CHECKSUM_AT, (int) checksum.getValue());
        return file;
    }

    private static void writeText(DataOutputStream file, String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > 0xffff) {
            throw new IllegalArgumentException("a text about the source has more than 65535 bytes");
        }
        file.writeShort(encoded.length);
        file.write(encoded);
    }

    private void writeCountries(DataOutputStream file) throws IOException {
        ColumnWriter codes = new ColumnWriter();
        for (Country country : countries) {
            codes.writeCode(country.continent);
            codes.writeCode(country.code);
        }
        codes.deflateTo(file);
    }

    private void writeRegions(DataOutputStream file) throws IOException {
        Map<Country, Integer> countryNumbers = new HashMap<>();
        for (Country country : countries) {
            countryNumbers.put(country, countryNumbers.size());
        }
        ColumnWriter regionCountries = new ColumnWriter();
        ColumnWriter names = new ColumnWriter();
        ColumnWriter sizes = new ColumnWriter();
        for (Region region : regions) {
            regionCountries.writeNumber(countryNumbers.get(region.country()));
            names.writeName(region.name);
            sizes.writeNumber(region.members.size());
        }
        regionCountries.deflateTo(file);
        names.deflateTo(file);
        sizes.deflateTo(file);
    }

    private void writePlaces(DataOutputStream file) throws IOException {
        ColumnWriter cities = new ColumnWriter();
        ColumnWriter latitudes = new ColumnWriter();
        ColumnWriter longitudes = new ColumnWriter();
        ColumnWriter radii = new ColumnWriter();
        int lastLatitude = 0;
        int lastLongitude = 0;
        for (Region region : regions) {
            for (TablePlace member : region.members) {
                Place place = member.representative();
                cities.writeName(place.city());
                lastLatitude = writeCoordinate(latitudes, place.latitude(), lastLatitude);
                lastLongitude = writeCoordinate(longitudes, place.longitude(), lastLongitude);
                radii.writeNumber(place.accuracyRadiusKm() == null ? 0 : place.accuracyRadiusKm());
            }
        }
        for (ColumnWriter column : List.of(cities, latitudes, longitudes, radii)) {
            column.deflateTo(file);
        }
    }

    private static int writeCoordinate(ColumnWriter column, Double degrees, int last) {
        if (degrees == null) {
            column.writeNumber(0);
            return last;
        }
        int coordinate = (int) Math.round(degrees * TableFormat.DEGREE);
        int step = coordinate - last;
        column.writeNumber((step << 1 ^ step >> 31) + 1);
        return coordinate;
    }

    private void writeRanges(DataOutputStream file, RangeList ranges) throws IOException {
        ColumnWriter zeros = new ColumnWriter();
        ColumnWriter lengths = new ColumnWriter();
        ColumnWriter steps = new ColumnWriter();
        ColumnWriter regionNumbers = new ColumnWriter();
        ColumnWriter ranks = new ColumnWriter();
        RecentPlaces recent = new RecentPlaces();
        for (int i = 0; i < ranges.size(); i++) {
            if (i > 0) {
                long length = ranges.start(i) - ranges.start(i - 1);
                int shift = Long.numberOfTrailingZeros(length);
                zeros.writeByte(shift);
                lengths.writeNumber(length >>> shift >>> 1);
            }
            int place = ranges.place(i);
            int step = place == GeoTable.NOWHERE ? TableFormat.NO_PLACE : recent.use(place);
            steps.writeByte(step);
            if (step == TableFormat.OTHER_PLACE) {
                regionNumbers.writeNumber(regionOf[place].number);
                ranks.writeNumber(rankOf[place]);
            }
        }
        for (ColumnWriter column : List.of(zeros, lengths, steps, regionNumbers, ranks)) {
            column.deflateTo(file);
        }
    }

    private static void countUses(RangeList ranges, int[] uses) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.place(i) != GeoTable.NOWHERE) {
                uses[ranges.place(i)]++;
            }
        }
    }

    /** Places without ranges are left out. */
    private List<Region> regionsByUse(int[] uses) {
        Map<Region, Region> found = new HashMap<>();
        for (TablePlace place : places) {
            int number = place.number();
            if (uses[number] > 0) {
                Region region = found.computeIfAbsent(Region.of(place.name()), named -> named);
                region.members.add(place);
                region.uses += uses[number];
                regionOf[number] = region;
            }
        }
        List<Region> ordered = new ArrayList<>(found.values());
        ordered.sort(Comparator.comparingInt((Region region) -> -region.uses)
                .thenComparing(region -> region.country)
                .thenComparing(region -> region.name, NAMES));
        for (int i = 0; i < ordered.size(); i++) {
            ordered.get(i).number = i;
            rank(ordered.get(i).members, uses);
        }
        return ordered;
    }

    private void rank(List<TablePlace> members, int[] uses) {
        members.sort(Comparator.comparingInt((TablePlace place) -> -uses[place.number()])
                .thenComparing(
                        TablePlace::name,
                        Comparator.comparing(Place::city, NAMES)
                                .thenComparing(Place::latitude, DEGREES)
                                .thenComparing(Place::longitude, DEGREES)));
        for (int i = 0; i < members.size(); i++) {
            rankOf[members.get(i).number()] = i;
        }
    }

    /** A country on its continent; either may be null for unknown. */
    private record Country(String continent, String code) implements Comparable<Country> {
        @Override
        public int compareTo(Country other) {
            return Comparator.comparing(Country::code, NAMES)
                    .thenComparing(Country::continent, NAMES)
                    .compare(this, other);
        }
    }

    /** A region of a country, which may have no name; found by country and name. */
    private static final class Region {
        private final Country country;
        private final String name;
        private final List<TablePlace> members = new ArrayList<>();
        private int uses;
        private int number;

        private Region(Country country, String name) {
            this.country = country;
            this.name = name;
        }

        static Region of(Place place) {
            return new Region(new Country(place.continent(), place.country()), place.region());
        }

        Country country() {
            return country;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Region region
                    && country.equals(region.country)
                    && Objects.equals(name, region.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(country, name);
        }
    }
}
