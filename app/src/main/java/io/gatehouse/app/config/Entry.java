package io.gatehouse.app.config;

/**
 * A key's value and where it was given.
 *
 * @param origin for people: {@code gatehouse.properties, line 12}, {@code environment GATEHOUSE_INPUT_TOPIC}, {@code -D}
 *     or {@code default}
 */
public record Entry(String key, String value, String origin) {
    static final String DEFAULT_ORIGIN = "default";

    static Entry ofDefault(String key, String value) {
        return new Entry(key, value, DEFAULT_ORIGIN);
    }

    /** The value as it may be shown: secrets hidden, nothing in it that a terminal would obey. */
    public String shownValue() {
        return Secrets.shown(key, value);
    }
}
