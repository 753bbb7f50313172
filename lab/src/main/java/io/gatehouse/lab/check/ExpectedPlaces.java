package io.gatehouse.lab.check;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.reference.Places;
import io.gatehouse.reference.TablePlaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The places that a pipeline must have told, from the same table file, read by the reference's own reader. */
public final class ExpectedPlaces {
    private ExpectedPlaces() {}

    /**
     * @param file a compiled geo table; null for the built-in one
     * @throws CommandFailure when it cannot be read
     */
    public static TablePlaces of(Path file) {
        try {
            return new TablePlaces(file == null ? builtIn() : Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandFailure("the geo table cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where the pipeline is told to know no place. */
    public static Places none() {
        return address -> null;
    }

    private static byte[] builtIn() {
        ByteBuffer file = GeoDatabase.builtInFile();
        byte[] bytes = new byte[file.remaining()];
        file.get(bytes);
        return bytes;
    }
}
