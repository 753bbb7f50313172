package io.gatehouse.app.geo;

import io.gatehouse.core.geo.Place;
import java.util.List;
import java.util.Map;

/**
 * A record of an MMDB file as a place. Two layouts are known: the nested one of MaxMind's databases ({@code
 * country.iso_code}, {@code city.names.en}, {@code location.latitude} …) and the flat one of ip-location-db ({@code
 * country_code}, {@code state1}, {@code city}, {@code latitude} …). What a record does not tell, or tells as another
 * type, is unknown; so is a country code that ISO 3166-1 does not have.
 */
final class MmdbRecord {
    private static final Place NOWHERE = new Place(null, null, null, null, null, null, null);

    private MmdbRecord() {}

    static Place place(Map<?, ?> record) {
        if (record.get("country_code") instanceof String) {
            return flat(record);
        }
        for (String part : List.of("country", "continent", "city", "subdivisions")) {
            if (record.containsKey(part)) {
                return nested(record);
            }
        }
        return NOWHERE;
    }

    private static Place flat(Map<?, ?> record) {
        String country = country(text(record, "country_code"));
        return new Place(
                Continents.of(country),
                country,
                text(record, "state1"),
                text(record, "city"),
                number(record, "latitude"),
                number(record, "longitude"),
                null);
    }

    private static Place nested(Map<?, ?> record) {
        String country = country(text(member(record, "country"), "iso_code"));
        String continent = text(member(record, "continent"), "code");
        Map<?, ?> location = member(record, "location");
        Double radius = number(location, "accuracy_radius");
        return new Place(
                continent != null && Continents.isCode(continent) ? continent : Continents.of(country),
                country,
                englishName(firstOf(record.get("subdivisions"))),
                englishName(member(record, "city")),
                number(location, "latitude"),
                number(location, "longitude"),
                radius == null ? null : (int) Math.ceil(radius));
    }

    private static String country(String code) {
        return Continents.of(code) == null ? null : code;
    }

    private static String englishName(Map<?, ?> named) {
        return text(member(named, "names"), "en");
    }

    private static Map<?, ?> firstOf(Object list) {
        return list instanceof List<?> several && !several.isEmpty() && several.get(0) instanceof Map<?, ?> first
                ? first
                : Map.of();
    }

    private static Map<?, ?> member(Map<?, ?> of, String name) {
        return of.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Map<?, ?> of, String name) {
        return of.get(name) instanceof String text ? text : null;
    }

    /** Some sources write numbers as text. */
    private static Double number(Map<?, ?> of, String name) {
        Object value = of.get(name);
        if (value instanceof Float single) {
            return Double.valueOf(single.toString());
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return value instanceof String text && !text.isBlank() ? Double.valueOf(text) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
