package io.gatehouse.app.geo;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import io.gatehouse.core.geo.GeoTableException;
import io.gatehouse.core.geo.GeoTableWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/** An MMDB file whose networks can be copied into a table. */
final class MmdbFile implements AutoCloseable {
    private final Path path;
    private final Reader reader;
    private final MmdbTree tree;
    private final Instant builtAt;

    /** @throws GeoTableException when the file cannot be read or is no MMDB file */
    MmdbFile(Path path) {
        this.path = path;
        ByteBuffer content = WholeFile.read(path);
        try {
            reader = new Reader(new ByteArrayInputStream(content.array(), 0, content.limit()));
            tree = new MmdbTree(content, metadata());
            if (metadata().buildEpoch() == null || metadata().databaseType() == null) {
                throw new GeoTableException("it does not tell its type and date");
            }
            builtAt = metadata().buildTime();
        } catch (IOException | RuntimeException e) {
            throw unusable(e);
        }
    }

    Path path() {
        return path;
    }

    Metadata metadata() {
        return reader.getMetadata();
    }

    Instant builtAt() {
        return builtAt;
    }

    boolean holdsIpv4() {
        return tree.holdsIpv4();
    }

    boolean holdsIpv6() {
        return tree.holdsIpv6();
    }

    /**
     * Copies the networks of one family into a table.
     *
     * @param copied is run for each of them
     * @throws GeoTableException when the file is damaged
     */
    void copyIpv4(GeoTableWriter writer, Runnable copied) {
        copy(() -> {
            NetworkCopy copy = new NetworkCopy(reader, writer);
            tree.walkIpv4((high, low, prefixLength, record) -> {
                copy.addIpv4(low, prefixLength, record);
                copied.run();
            });
        });
    }

    /** As {@link #copyIpv4}, for the other family. */
    void copyIpv6(GeoTableWriter writer, Runnable copied) {
        copy(() -> {
            NetworkCopy copy = new NetworkCopy(reader, writer);
            tree.walkIpv6((high, low, prefixLength, record) -> {
                copy.addIpv6(high, low, prefixLength, record);
                copied.run();
            });
            copy.end();
        });
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Whatever a reader says or trips over in a damaged file becomes one kind of failure that names the file. */
    private void copy(Runnable work) {
        try {
            work.run();
        } catch (UncheckedIOException e) {
            throw unusable(e.getCause());
        } catch (RuntimeException e) {
            throw unusable(e);
        }
    }

    private GeoTableException unusable(Exception why) {
        String reason = why.getMessage() == null ? why.toString() : why.getMessage();
        return new GeoTableException(path + " cannot be used as an MMDB file: " + reason);
    }
}
