package io.gatehouse.app.geo;

import io.gatehouse.reference.mmdb.MmdbFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Records in both layouts, and random networks of them. */
final class Fixtures {
    private Fixtures() {}

    static Map<String, Object> flat(String country, String region, String city, Object latitude, Object longitude) {
        return Map.of(
                "country_code", country,
                "state1", region,
                "state2", "",
                "city", city,
                "postcode", "",
                "latitude", latitude,
                "longitude", longitude,
                "timezone", "");
    }

    static Map<String, Object> nested(
            String continent,
            String country,
            String region,
            String city,
            double latitude,
            double longitude,
            int radius) {
        return Map.of(
                "continent", Map.of("code", continent, "names", Map.of("en", continent)),
                "country", Map.of("iso_code", country, "names", Map.of("de", "Land", "en", country)),
                "subdivisions", List.of(Map.of("names", Map.of("en", region)), Map.of("names", Map.of("en", "county"))),
                "city", Map.of("names", Map.of("de", "Stadt", "en", city)),
                "location", Map.of("latitude", latitude, "longitude", longitude, "accuracy_radius", radius));
    }

    static List<Map<String, Object>> records(Random random, boolean nested) {
        String[][] countries = {{"EU", "GB"}, {"NA", "US"}, {"AS", "JP"}, {"SA", "BR"}};
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String[] country = countries[random.nextInt(countries.length)];
            String region = "Région " + random.nextInt(5);
            String city = "City " + i;
            double latitude = (random.nextInt(1_800_001) - 900_000) / 10_000.0;
            double longitude = (random.nextInt(3_600_001) - 1_800_000) / 10_000.0;
            records.add(
                    nested
                            ? nested(
                                    country[0], country[1], region, city, latitude, longitude, 1 + random.nextInt(1000))
                            : flat(country[1], region, city, (float) latitude, String.valueOf(longitude)));
        }
        return records;
    }

    /** Networks within a few blocks, from the widest to the narrowest, so that they nest. */
    static Map<String, Map<String, Object>> networks(Random random, boolean ipv6, List<Map<String, Object>> records) {
        Map<String, Map<String, Object>> networks = new HashMap<>();
        for (int i = 0; i < 800; i++) {
            String block = ipv6
                    ? String.format(
                            "%x:%x:%x:%x::",
                            0x2000 + random.nextInt(3), random.nextInt(4), random.nextInt(65536), random.nextInt(65536))
                    : random.nextInt(4) + 1 + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                            + random.nextInt(256);
            int length = ipv6 ? 16 + random.nextInt(49) : 8 + random.nextInt(25);
            networks.put(block + "/" + length, records.get(random.nextInt(records.size())));
        }
        return networks;
    }

    static void addAll(MmdbFixture fixture, Map<String, Map<String, Object>> networks) {
        networks.entrySet().stream()
                .sorted((a, b) -> Integer.compare(length(a.getKey()), length(b.getKey())))
                .forEach(network -> fixture.add(network.getKey(), network.getValue()));
    }

    private static int length(String network) {
        return Integer.parseInt(network.substring(network.indexOf('/') + 1));
    }
}
