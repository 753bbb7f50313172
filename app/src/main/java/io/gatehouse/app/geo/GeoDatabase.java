package io.gatehouse.app.geo;

import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Opens geo tables: the one that Gatehouse carries, compiled ones, and MMDB files. */
public final class GeoDatabase {
    private static final String BUILT_IN = "default.geo";

    private GeoDatabase() {}

    /**
     * The table that Gatehouse carries.
     *
     * @throws GeoTableException when this distribution lacks it or has it damaged
     */
    public static GeoTable builtIn() {
        return GeoTable.read(builtInFile());
    }

    /**
     * Opens a file, told by its content: a compiled table, or an MMDB file, which is compiled in memory with every
     * record as it is.
     *
     * @throws GeoTableException when there is no such file or it cannot be used; the message names it and says why
     */
    public static GeoTable open(Path path) {
        ByteBuffer file = WholeFile.read(path);
        if (!GeoTable.isTable(file)) {
            try (TableCompiler compiler = new TableCompiler(List.of(path))) {
                file = ByteBuffer.wrap(compiler.compile(GeoLevel.LOCATION, compiler.source(), fraction -> {}));
            }
        }
        try {
            return GeoTable.read(file);
        } catch (GeoTableException e) {
            throw new GeoTableException(path + ": " + e.getMessage());
        }
    }

    /**
     * The file of {@link #builtIn()}.
     *
     * @throws GeoTableException when this distribution lacks it
     */
    public static ByteBuffer builtInFile() {
        try (InputStream file = GeoDatabase.class.getResourceAsStream(BUILT_IN)) {
            if (file == null) {
                throw new GeoTableException("this distribution lacks the built-in geo table");
            }
            return ByteBuffer.wrap(file.readAllBytes());
        } catch (IOException e) {
            throw new GeoTableException("the built-in geo table cannot be read: " + e.getMessage());
        }
    }
}
