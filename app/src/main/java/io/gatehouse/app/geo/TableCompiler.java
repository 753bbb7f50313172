package io.gatehouse.app.geo;

import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTableException;
import io.gatehouse.core.geo.GeoTableWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes a table from MMDB files. The families are taken apart: each comes from the one file that holds it, because a
 * file for one family answers nonsense when asked about the other.
 */
final class TableCompiler implements AutoCloseable {
    private static final int NETWORKS_BETWEEN_REPORTS = 10_000;

    private final List<MmdbFile> files = new ArrayList<>();
    private final Optional<MmdbFile> ipv4;
    private final Optional<MmdbFile> ipv6;

    /** @throws GeoTableException when a file cannot be used, or two hold the same family */
    TableCompiler(List<Path> paths) {
        try {
            for (Path path : paths) {
                files.add(new MmdbFile(path));
            }
            ipv4 = theOneWith("IPv4", MmdbFile::holdsIpv4);
            ipv6 = theOneWith("IPv6", MmdbFile::holdsIpv6);
        } catch (GeoTableException e) {
            close();
            throw e;
        }
    }

    /** What the files themselves tell about their source; they carry neither licence nor attribution. */
    GeoSource source() {
        String name = files.stream()
                .map(file -> file.metadata().databaseType() + " (" + file.path().getFileName() + ")")
                .collect(Collectors.joining(", "));
        Instant builtAt = files.stream()
                .map(MmdbFile::builtAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return new GeoSource(name, builtAt, "", "");
    }

    /**
     * The compiled table.
     *
     * @param progress is told how far it is, 0 to 1
     * @throws GeoTableException when a file is damaged, or no record in them names a place
     */
    byte[] compile(GeoLevel level, GeoSource source, DoubleConsumer progress) {
        GeoTableWriter writer = new GeoTableWriter(level, source);
        Count count = new Count(progress);
        ipv4.ifPresent(file -> file.copyIpv4(writer, count));
        ipv6.ifPresent(file -> file.copyIpv6(writer, count));
        if (writer.isEmpty()) {
            throw new GeoTableException(
                    "no record in " + names(files)
                            + " names a place; the layouts of MaxMind's city and country databases and of ip-location-db are known");
        }
        progress.accept(1);
        return writer.toBytes();
    }

    @Override
    public void close() {
        files.forEach(MmdbFile::close);
    }

    private Optional<MmdbFile> theOneWith(String family, Predicate<MmdbFile> holdsIt) {
        List<MmdbFile> holders = files.stream().filter(holdsIt).toList();
        if (holders.size() > 1) {
            throw new GeoTableException(
                    names(holders) + " all hold " + family + " networks: give one file for each family");
        }
        return holders.stream().findFirst();
    }

    private static String names(List<MmdbFile> files) {
        return files.stream().map(file -> file.path().toString()).collect(Collectors.joining(" and "));
    }

    /** Counts networks against the nodes of the trees, of which there are about as many. */
    private final class Count implements Runnable {
        private final DoubleConsumer progress;
        private final long expected =
                files.stream().mapToLong(file -> file.metadata().nodeCount()).sum();
        private long networks;

        Count(DoubleConsumer progress) {
            this.progress = progress;
        }

        @Override
        public void run() {
            if (++networks % NETWORKS_BETWEEN_REPORTS == 0) {
                progress.accept(Math.min(1, (double) networks / expected));
            }
        }
    }
}
