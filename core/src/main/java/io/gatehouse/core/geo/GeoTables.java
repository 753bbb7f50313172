package io.gatehouse.core.geo;

/**
 * The table in service, which may be replaced while judges work: each takes what is there at the start of a batch, so that
 * one batch sees one table. Numbers of places, countries and regions mean something in their own table alone.
 */
public final class GeoTables {
    private volatile GeoTable current;

    public GeoTables(GeoTable first) {
        current = first;
    }

    public GeoTable current() {
        return current;
    }

    /** Puts another table into service, for the batches that begin from now on. */
    public void replace(GeoTable next) {
        current = next;
    }
}
