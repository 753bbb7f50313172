package io.gatehouse.core.geo;

/** How finely a table tells places apart: addresses whose records agree down to this level share one place. */
public enum GeoLevel {
    COUNTRY("country"),
    REGION("region"),
    /** Cities by name: one pair of coordinates for each. */
    CITY("city"),
    /** Every record of the source as it is, so one city may have many coordinates. */
    LOCATION("location");

    private final String label;

    GeoLevel(String label) {
        this.label = label;
    }

    /** The level's name on the command line and in what {@code geo info} prints. */
    public String label() {
        return label;
    }
}
