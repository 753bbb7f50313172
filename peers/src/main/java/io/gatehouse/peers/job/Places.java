package io.gatehouse.peers.job;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import io.gatehouse.peers.job.CityRecord.Location;
import io.gatehouse.peers.job.CityRecord.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** Tells where an address is, by an MMDB file in MaxMind's City layout. Safe for any number of threads. */
public final class Places {
    private static final int CITY_RADIUS_KM = 50;
    private static final int REGION_RADIUS_KM = 250;
    private static final double DECIMALS = 10_000;

    private final Reader reader;

    /** A place as the contract tells it; unknown parts are null. */
    record Place(
            String continent,
            String country,
            String region,
            String city,
            Double latitude,
            Double longitude,
            Integer accuracyRadiusKm) {}

    private Places(Reader reader) {
        this.reader = reader;
    }

    /** Reads the whole file into memory. */
    public static Places open(Path file) throws IOException {
        return new Places(new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache()));
    }

    /**
     * The place of an address; null when the file does not know it.
     *
     * @param address 4 or 16 bytes
     */
    Place find(byte[] address) {
        try {
            CityRecord found = reader.get(InetAddress.getByAddress(address), CityRecord.class);
            return found == null ? null : place(found);
        } catch (IOException e) {
            throw new UncheckedIOException("the file of places cannot be read", e);
        }
    }

    private static Place place(CityRecord found) {
        String continent = found.continent() == null ? null : found.continent().code();
        String country = found.country() == null ? null : found.country().isoCode();
        String region = name(first(found.subdivisions()));
        String city = name(found.city());
        if (continent == null && country == null && region == null && city == null) {
            return null;
        }
        Location location = found.location();
        if (location == null) {
            return new Place(continent, country, region, city, null, null, radius(region, city));
        }
        Integer ownRadius = location.accuracyRadiusKm();
        return new Place(
                continent,
                country,
                region,
                city,
                rounded(location.latitude()),
                rounded(location.longitude()),
                ownRadius == null ? radius(region, city) : ownRadius);
    }

    private static Named first(List<Named> several) {
        return several == null || several.isEmpty() ? null : several.get(0);
    }

    private static String name(Named named) {
        return named == null || named.names() == null ? null : named.names().en();
    }

    private static Integer radius(String region, String city) {
        if (city != null) {
            return CITY_RADIUS_KM;
        }
        return region == null ? null : (Integer) REGION_RADIUS_KM;
    }

    /** To eleven metres, as the contract tells coordinates. */
    private static Double rounded(Double degrees) {
        return degrees == null ? null : (Double) (Math.round(degrees * DECIMALS) / DECIMALS);
    }
}
