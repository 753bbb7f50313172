package io.gatehouse.core.login;

/** How a login's app version compares with the last one its user had on the same device. */
public enum VersionChange {
    /** No version is remembered on this device. */
    FIRST("first"),
    SAME("same"),
    UPGRADE("upgrade"),
    DOWNGRADE("downgrade");

    private final String label;

    VersionChange(String label) {
        this.label = label;
    }

    /** The word used in the processed event. */
    public String label() {
        return label;
    }
}
