package io.gatehouse.app;

import io.gatehouse.app.config.GeoSettings;
import io.gatehouse.core.geo.GeoTable;

/**
 * The table of places that the configuration asks for.
 *
 * @param table never null; knows no place where none could be opened and none is required
 * @param description for people: what it holds and of which date, or why there is none
 */
public record Places(GeoTable table, String description) {
    public static Places open(GeoSettings settings) {
        return new Places(GeoTable.empty(), "no places: " + settings);
    }
}
