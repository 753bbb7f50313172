package io.gatehouse.core.geo;

/**
 * A place as a source describes it; unknown parts are null. Names come cleaned: no control characters, no blank ends,
 * not empty, at most {@value #MAX_NAME_LENGTH} characters. Coordinates are in degrees, rounded to four decimals (11
 * metres).
 *
 * @param continent AF AN AS EU NA OC SA
 * @param country ISO 3166-1 alpha-2
 * @param accuracyRadiusKm the source's own radius, 1 to {@value #MAX_RADIUS_KM}
 */
public record Place(
        String continent,
        String country,
        String region,
        String city,
        Double latitude,
        Double longitude,
        Integer accuracyRadiusKm) {
    /** Twice the longest name seen in a real source; bounds what a place adds to an event. */
    static final int MAX_NAME_LENGTH = 160;
    /** Half the way round the world: nothing is less exact. */
    static final int MAX_RADIUS_KM = 20_037;

    private static final int CITY_RADIUS_KM = 50;
    private static final int REGION_RADIUS_KM = 250;

    public Place {
        continent = code(continent);
        country = code(country);
        region = name(region);
        city = name(city);
        latitude = degrees(latitude, 90);
        longitude = degrees(longitude, 180);
        if (accuracyRadiusKm != null && (accuracyRadiusKm < 1 || accuracyRadiusKm > MAX_RADIUS_KM)) {
            accuracyRadiusKm = null;
        }
    }

    /** Whether nothing is known but perhaps coordinates, which alone tell nobody where. */
    boolean isNowhere() {
        return continent == null && country == null && region == null && city == null;
    }

    /**
     * This place as a table of a level knows it, without what sets apart the places that become one. Its radius is the
     * source's own where the source described something of this level, and otherwise the contract's.
     */
    Place at(GeoLevel level) {
        String keptRegion = level == GeoLevel.COUNTRY ? null : region;
        String keptCity = level == GeoLevel.COUNTRY || level == GeoLevel.REGION ? null : city;
        boolean coarser = city != keptCity || region != keptRegion;
        Integer radius = coarser || accuracyRadiusKm == null ? radiusOf(keptRegion, keptCity) : accuracyRadiusKm;
        return new Place(continent, country, keptRegion, keptCity, latitude, longitude, radius);
    }

    /** What is left when coordinates and radius are disregarded. */
    Place withoutCoordinates() {
        return new Place(continent, country, region, city, null, null, null);
    }

    private static Integer radiusOf(String region, String city) {
        if (city != null) {
            return CITY_RADIUS_KM;
        }
        return region != null ? REGION_RADIUS_KM : null;
    }

    private static String code(String text) {
        return text != null && text.matches("[A-Z]{2}") ? text : null;
    }

    private static String name(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder cleaned = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .limit(MAX_NAME_LENGTH)
                .forEach(cleaned::appendCodePoint);
        String stripped = cleaned.toString().strip();
        return stripped.isEmpty() ? null : stripped;
    }

    private static Double degrees(Double value, int limit) {
        if (value == null || !(Math.abs(value) <= limit)) {
            return null;
        }
        // Adding zero makes -0.0 plain.
        return Math.round(value * 10_000) / 10_000.0 + 0.0;
    }
}
