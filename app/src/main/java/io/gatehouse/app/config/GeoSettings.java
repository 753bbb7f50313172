package io.gatehouse.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which table of places is asked.
 *
 * @param database a compiled table or an MMDB file; empty for the built-in table
 * @param required whether to refuse to start without a usable table
 * @param checkInterval how often the file is looked at for a new table; zero for never
 */
public record GeoSettings(Optional<Path> database, boolean required, Duration checkInterval) {}
