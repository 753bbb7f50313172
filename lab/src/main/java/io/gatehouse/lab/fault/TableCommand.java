package io.gatehouse.lab.fault;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse lab fault table}. */
@Command(
        name = "table",
        description = "Writes a table of places of any age, with nothing but 8.0.0.0/8 in it, for geo.database. It is"
                + " renamed into place, and needs not be stopped.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = "  gatehouse lab fault table --age 400 --out places.geo")
final class TableCommand implements Runnable {
    private static final long FIRST = 0x08000000L;
    private static final long LAST = 0x08FFFFFFL;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the table goes.")
    private Path out;

    @Option(
            names = "--age",
            paramLabel = "DAYS",
            required = true,
            description = "How many days ago its source was built.")
    private int ageDays;

    @Override
    public void run() {
        Path whole = out.toAbsolutePath().resolveSibling("." + out.getFileName() + ".new");
        try {
            Files.write(whole, table(Instant.now().minus(Duration.ofDays(ageDays))));
            Files.move(whole, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(out + " cannot be written: " + e, e);
        }
    }

    private static byte[] table(Instant builtAt) {
        GeoTableWriter writer =
                new GeoTableWriter(GeoLevel.COUNTRY, new GeoSource("gatehouse lab fault", builtAt, "", ""));
        writer.addIpv4(FIRST, LAST, writer.record(new Place("NA", "US", null, null, null, null, null)));
        return writer.toBytes();
    }
}
