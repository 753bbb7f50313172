package io.gatehouse.peers.trial;

import io.gatehouse.reference.Places;
import io.gatehouse.reference.mmdb.MmdbFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some places where generated logins come from: as an MMDB file, and as the reference is to know them. */
public final class TrialPlaces implements Places {
    private static final int RECORD_BITS = 24;
    private static final int TREE_FOR_BOTH_FAMILIES = 6;

    /**
     * A network and its place; unknown parts are null.
     *
     * @param radiusKm what the file says
     */
    private record Network(
            String prefix,
            int bits,
            String continent,
            String country,
            String region,
            String city,
            Double latitude,
            Double longitude,
            Integer radiusKm) {

        Map<String, Object> record() {
            Map<String, Object> record = new LinkedHashMap<>();
            putIfKnown(record, "continent", "code", continent);
            putIfKnown(record, "country", "iso_code", country);
            if (region != null) {
                record.put("subdivisions", List.of(named(region), named("a part of it")));
            }
            if (city != null) {
                record.put("city", named(city));
            }
            if (latitude != null) {
                Map<String, Object> location = new LinkedHashMap<>();
                location.put("latitude", latitude);
                location.put("longitude", longitude);
                if (radiusKm != null) {
                    location.put("accuracy_radius", radiusKm);
                }
                location.put("time_zone", "Etc/UTC");
                record.put("location", location);
            }
            return record;
        }

        private static void putIfKnown(Map<String, Object> record, String part, String member, String code) {
            if (code != null) {
                record.put(part, Map.of(member, code, "geoname_id", 17, "names", Map.of("en", "somewhere")));
            }
        }

        private static Map<String, Object> named(String name) {
            return Map.of("geoname_id", 17, "names", Map.of("de", "anders", "en", name, "ja", "別"));
        }

        /** The contract's members. */
        Map<String, Object> geo() {
            Map<String, Object> geo = new LinkedHashMap<>();
            geo.put("continent", continent);
            geo.put("country", country);
            geo.put("region", region);
            geo.put("city", city);
            geo.put("latitude", latitude);
            geo.put("longitude", longitude);
            geo.put("accuracy_radius_km", radius());
            return geo;
        }

        private Long radius() {
            if (radiusKm != null) {
                return radiusKm.longValue();
            }
            if (city != null) {
                return 50L;
            }
            return region == null ? null : (Long) 250L;
        }

        boolean holds(byte[] address) {
            byte[] first = MmdbFixture.octets(prefix);
            if (first.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 128 >> bit % 8;
                if ((first[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A network within another one comes behind it. */
    private static final List<Network> NETWORKS = List.of(
            // Where the contract's cases have a login from.
            new Network("25.67.253.0", 24, "NA", "US", "Washington", "Seattle", 47.6062, -122.3321, null),
            new Network("73.0.0.0", 8, "NA", "US", "Oregon", "Portland", 45.5234, -122.6762, 20),
            new Network("73.16.0.0", 12, "NA", "US", "Vermont", null, 44.0, -72.7, null),
            new Network("96.224.0.0", 11, "NA", "US", "New York", "Albany", 42.6526, -73.7562, null),
            new Network("189.0.0.0", 11, "SA", "BR", null, null, -22.8305, -43.2192, null),
            new Network("81.128.0.0", 12, "EU", "GB", "England", "Zoë's \"Town\\\"", 51.5, -0.0001, 1),
            new Network("90.0.0.0", 9, "EU", "FR", null, null, null, null, null),
            new Network("126.0.0.0", 8, "AS", null, null, null, 35.69, 139.69, 1000),
            new Network("2601:600::", 32, "NA", "US", "Washington", "Seattle", 47.6062, -122.3321, 10),
            new Network("2003:c0::", 32, "EU", "DE", null, "Bonn", 50.7323, 7.1847, null));

    /** Writes the MMDB file. */
    public static Path write(Path file) throws IOException {
        MmdbFixture fixture = new MmdbFixture(TREE_FOR_BOTH_FAMILIES, RECORD_BITS);
        NETWORKS.forEach(network -> fixture.add(network.prefix + "/" + network.bits, network.record()));
        return fixture.write(file);
    }

    @Override
    public Map<String, Object> find(byte[] address) {
        Map<String, Object> found = null;
        for (Network network : NETWORKS) {
            if (network.holds(address)) {
                found = network.geo();
            }
        }
        return found;
    }
}
