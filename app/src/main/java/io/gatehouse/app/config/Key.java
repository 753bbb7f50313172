package io.gatehouse.app.config;

/**
 * One of Gatehouse's own settings.
 *
 * @param name as written in a file or after {@code -D}
 * @param defaultText what holds where nothing is given; always a value that {@code kind} allows
 */
record Key<T>(String name, Kind<T> kind, String defaultText) {
    /** The name as an environment variable: {@code input.topic} is {@code GATEHOUSE_INPUT_TOPIC}. */
    String environmentName() {
        return Environment.nameOf(name);
    }
}
