package io.gatehouse.core.geo;

/** What kind of address an event carries; classified in code, before the table is asked. */
public enum IpCategory {
    PUBLIC("public"),
    PRIVATE("private"),
    LOOPBACK("loopback"),
    LINK_LOCAL("link_local"),
    SHARED("shared"),
    MULTICAST("multicast"),
    DOCUMENTATION("documentation"),
    RESERVED("reserved"),
    UNSPECIFIED("unspecified"),
    UNKNOWN("unknown");

    private final String label;

    IpCategory(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The category of an address; {@link #UNKNOWN} for none. */
    public static IpCategory of(IpAddress address) {
        throw new UnsupportedOperationException("written next");
    }
}
