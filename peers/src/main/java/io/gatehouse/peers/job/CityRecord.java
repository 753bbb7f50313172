package io.gatehouse.peers.job;

import com.maxmind.db.MaxMindDbParameter;
import java.util.List;

/** What is read of a record in MaxMind's City layout. What the file lacks is null. Public for MaxMind's reader. */
public record CityRecord(
        Continent continent, Country country, List<Named> subdivisions, Named city, Location location) {
    /** A continent. */
    public record Continent(String code) {}

    /** A country. */
    public record Country(
            @MaxMindDbParameter(name = "iso_code") String isoCode) {}

    /** Something with a name in several languages. */
    public record Named(Names names) {}

    /** The one language that is asked for. */
    public record Names(String en) {}

    /** Where it is, in degrees, and how exactly. */
    public record Location(
            Double latitude,
            Double longitude,
            @MaxMindDbParameter(name = "accuracy_radius") Integer accuracyRadiusKm) {}
}
