package io.gatehouse.app;

import io.gatehouse.app.config.GeoSettings;
import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.core.geo.GeoInfo;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableException;
import java.time.ZoneOffset;

/**
 * The table of places that the configuration asks for.
 *
 * @param table never null; knows no place where none could be opened and none is required
 * @param description for people: what it holds and of which date, or why there is none
 */
public record Places(GeoTable table, String description) {
    /** @throws StartException when there is no usable table and one is required */
    public static Places open(GeoSettings settings) {
        try {
            GeoTable table = settings.database().map(GeoDatabase::open).orElseGet(GeoDatabase::builtIn);
            return new Places(table, describe(table.info()));
        } catch (GeoTableException e) {
            String reason = Printable.escape(e.getMessage());
            if (settings.required()) {
                throw new StartException(
                        "no table of places: " + reason
                                + ". See geo.database, or set geo.required=false to go on without",
                        e);
            }
            return new Places(GeoTable.empty(), "none, geo is null in every result (" + reason + ")");
        }
    }

    static String describe(GeoInfo info) {
        return Printable.excerpt(info.source().name()) + " of "
                + info.source().builtAt().atZone(ZoneOffset.UTC).toLocalDate() + ", " + info.places() + " places";
    }
}
