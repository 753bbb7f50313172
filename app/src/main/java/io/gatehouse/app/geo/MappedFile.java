package io.gatehouse.app.geo;

import io.gatehouse.core.geo.GeoTableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A whole file as a buffer. */
final class MappedFile {
    private MappedFile() {}

    /** @throws GeoTableException when the file cannot be read; the message says why */
    static ByteBuffer map(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new GeoTableException(path + " has more than 2 GiB, and no geo table has");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (NoSuchFileException e) {
            throw new GeoTableException("there is no file " + path);
        } catch (IOException e) {
            throw new GeoTableException(path + " cannot be read: " + e.getMessage());
        }
    }
}
