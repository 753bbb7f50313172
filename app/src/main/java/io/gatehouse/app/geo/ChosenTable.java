package io.gatehouse.app.geo;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The table that a command is to ask. */
final class ChosenTable {
    @Option(
            names = "--database",
            paramLabel = "PATH",
            description = "A compiled table or an MMDB file. Default: the built-in table.")
    private Path database;

    GeoTable open() {
        try {
            return database == null ? GeoDatabase.builtIn() : GeoDatabase.open(database);
        } catch (GeoTableException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    String name() {
        return database == null ? "built-in" : database.toString();
    }

    long sizeBytes() {
        try {
            return database == null ? GeoDatabase.builtInFile().remaining() : Files.size(database);
        } catch (IOException e) {
            throw new CommandFailure(database + " cannot be read: " + e.getMessage(), e);
        }
    }
}
