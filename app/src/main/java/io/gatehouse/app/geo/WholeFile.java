package io.gatehouse.app.geo;

import io.gatehouse.core.geo.GeoTableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A whole file, copied into memory. Not mapped: a mapped file that somebody cuts short in place ends the process with the
 * next look at it, and a table may be rewritten while the process that uses it looks.
 */
final class WholeFile {
    /** The longest array that every virtual machine makes. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private WholeFile() {}

    /**
     * The content, in an array of its own from its beginning; less than the file's length where it has become shorter
     * meanwhile.
     *
     * @throws GeoTableException when the file cannot be read; the message says why
     */
    static ByteBuffer read(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > MOST_BYTES) {
                throw new GeoTableException(path + " has 2 GiB or more, and no geo table has");
            }
            ByteBuffer content = ByteBuffer.allocate((int) channel.size());
            int read = 0;
            while (content.hasRemaining() && read >= 0) {
                read = channel.read(content);
            }
            return content.flip();
        } catch (NoSuchFileException e) {
            throw new GeoTableException("there is no file " + path);
        } catch (IOException e) {
            throw new GeoTableException(path + " cannot be read: " + e.getMessage());
        }
    }
}
