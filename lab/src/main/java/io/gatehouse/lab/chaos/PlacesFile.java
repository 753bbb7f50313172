package io.gatehouse.lab.chaos;

import io.gatehouse.app.geo.GeoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/** The table of places that workers are told of: a copy of the built-in one, and what becomes of it. */
final class PlacesFile {
    private final Path file;
    private final Random chance;

    PlacesFile(Path file, long seed) {
        this.file = file;
        this.chance = new Random(seed);
        replace();
    }

    Path path() {
        return file;
    }

    /** Another copy is renamed over it. */
    void replace() {
        ByteBuffer table = GeoDatabase.builtInFile();
        byte[] bytes = new byte[table.remaining()];
        table.get(bytes);
        rename(bytes);
    }

    /** One byte of it is another one. */
    void damage() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[chance.nextInt(bytes.length)] ^= 1;
            rename(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rename(byte[] bytes) {
        try {
            Path whole = Files.write(file.resolveSibling(file.getFileName() + ".new"), bytes);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
