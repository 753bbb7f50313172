package io.gatehouse.core.geo;

import java.time.Instant;
import java.util.Objects;

/**
 * Where a table's data comes from; none of it is null, the texts may be empty.
 *
 * @param name the database and its edition
 * @param builtAt when the source was built, to the second
 * @param licence under which terms it may be used
 * @param attribution what must be shown beside results
 */
public record GeoSource(String name, Instant builtAt, String licence, String attribution) {
    public GeoSource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(builtAt, "builtAt");
        Objects.requireNonNull(licence, "licence");
        Objects.requireNonNull(attribution, "attribution");
    }
}
