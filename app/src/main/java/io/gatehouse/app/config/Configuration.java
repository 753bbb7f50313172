package io.gatehouse.app.config;

import io.gatehouse.engine.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that Gatehouse is told, typed, validated together, and with the origin of each value.
 *
 * @param engine what the engine is told, Kafka's settings included
 * @param entries every key in effect, defaults included, Gatehouse's own first
 */
public record Configuration(
        EngineSettings engine,
        GeoSettings geo,
        HttpSettings http,
        LogSettings log,
        NewTopics newTopics,
        List<Entry> entries) {

    /** Whether a command needs to know where Kafka is. */
    public enum Broker {
        NEEDED,
        NOT_NEEDED
    }

    /**
     * Reads and checks everything.
     *
     * @throws ConfigurationException with all mistakes at once
     */
    public static Configuration load(Sources sources, Broker broker) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Entry> given = sources.merge(mistakes);
        Configuration configuration = new Reading(given, broker, mistakes).configuration();
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        return configuration;
    }
}
