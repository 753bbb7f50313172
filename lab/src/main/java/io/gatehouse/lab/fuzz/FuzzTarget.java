package io.gatehouse.lab.fuzz;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.engine.state.JournalReader;
import java.util.Locale;
import java.util.function.Supplier;

/** What is fuzzed. */
enum FuzzTarget {
    DECODER(() -> new DecoderProperty(Judges::core), Judges.MAX_EVENT_BYTES + 100),
    IP(() -> new IpProperty(Judges::core), 100),
    VERSION(() -> new VersionProperty(Judges::core), 600),
    TIMESTAMP(() -> new TimestampProperty(Judges::core), 300),
    JOURNAL(() -> new JournalProperty(JournalReader::restore), 4096),
    GEO(() -> new GeoProperty(GeoTable::read), 4096),
    CONFIGURATION(() -> new ConfigurationProperty(Configuration::load), 1500);

    private final Supplier<Property> property;
    private final int maxInputBytes;

    FuzzTarget(Supplier<Property> property, int maxInputBytes) {
        this.property = property;
        this.maxInputBytes = maxInputBytes;
    }

    /** The name on the command line, in reports and of directories. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** So that the command line shows it as it is written there. */
    @Override
    public String toString() {
        return label();
    }

    /** A new one each time: what it needs is not made for the others. */
    Property property() {
        return property.get();
    }

    /** The longest input that is tried: what is longer shows nothing that a shorter one would not. */
    int maxInputBytes() {
        return maxInputBytes;
    }

    /** @throws IllegalArgumentException when nothing is called so */
    static FuzzTarget of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
