package io.gatehouse.app.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Gatehouse;
import io.gatehouse.reference.mmdb.MmdbFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GeoCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path mmdb;

    @BeforeEach
    void writeADatabase() throws IOException {
        mmdb = new MmdbFixture(6, 24)
                .add("81.2.69.0/24", Fixtures.nested("EU", "GB", "England", "London", 51.5142, -0.0931, 10))
                .add("2001:218::/32", Fixtures.nested("AS", "JP", "Tokyo", "Tokyo", 35.68, 139.75, 100))
                .write(directory.resolve("city.mmdb"));
    }

    @Test
    void lookupPrintsALineOfJsonForEachAddress() {
        int exit = run("lookup", "--database", mmdb.toString(), "81.2.69.142", "10.0.0.1", "8.8.8.8", "2001:218::1");
        assertThat(exit).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"ip\":\"81.2.69.142\",\"ip_category\":\"public\",\"geo\":{\"continent\":\"EU\","
                                + "\"country\":\"GB\",\"region\":\"England\",\"city\":\"London\",\"latitude\":51.5142,"
                                + "\"longitude\":-0.0931,\"accuracy_radius_km\":10}}",
                        "{\"ip\":\"10.0.0.1\",\"ip_category\":\"private\",\"geo\":null}",
                        "{\"ip\":\"8.8.8.8\",\"ip_category\":\"public\",\"geo\":null}",
                        "{\"ip\":\"2001:218::1\",\"ip_category\":\"public\",\"geo\":{\"continent\":\"AS\","
                                + "\"country\":\"JP\",\"region\":\"Tokyo\",\"city\":\"Tokyo\",\"latitude\":35.68,"
                                + "\"longitude\":139.75,\"accuracy_radius_km\":100}}");
    }

    @Test
    void aMalformedAddressFailsAfterTheOthersAreAnswered() {
        int exit = run("lookup", "--database", mmdb.toString(), "example.com\u001b[2J", "81.2.69.142");
        assertThat(exit).isEqualTo(1);
        assertThat(err).hasToString("gatehouse: not an IP address: example.com\\u001b[2J" + System.lineSeparator());
        assertThat(out.toString()).contains("London");
    }

    @Test
    void aDatabaseThatCannotBeUsedIsSaidInOneLine() throws IOException {
        assertThat(run("lookup", "--database", "/nowhere/x.geo", "1.1.1.1")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file /nowhere/x.geo").hasLineCount(1);
        Path text = Files.writeString(directory.resolve("text"), "hello");
        assertThat(run("info", "--database", text.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(text + " cannot be used as an MMDB file");
    }

    @Test
    void compileWritesATableThatInfoDescribesAndLookupReads() {
        Path table = directory.resolve("places.geo");
        int exit = run(
                "compile",
                "--out",
                table.toString(),
                "--level",
                "region",
                "--source",
                "Test June",
                "--licence",
                "L",
                "--attribution",
                "A",
                mmdb.toString());
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("level region, 2 places in 2 regions of 2 countries");
        assertThat(run("info", "--database", table.toString())).isZero();
        assertThat(out.toString())
                .contains("source        Test June")
                .contains("source built  2026-05-28T20:26:40Z")
                .contains("licence       L")
                .contains("attribution   A")
                .contains("level         region");
        assertThat(run("lookup", "--database", table.toString(), "81.2.69.142")).isZero();
        assertThat(out.toString())
                .contains("\"region\":\"England\",\"city\":null,")
                .contains("_km\":250}");
    }

    @Test
    void aFailedCompilationLeavesTheOldTableAndNothingElse() throws IOException {
        Path table = Files.writeString(directory.resolve("places.geo"), "old");
        Path text = Files.writeString(directory.resolve("text.mmdb"), "hello");
        assertThat(run("compile", "--out", table.toString(), text.toString())).isEqualTo(1);
        assertThat(table).hasContent("old");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(mmdb, table, text);
        }
    }

    @Test
    void aPathThatCannotBeWrittenIsSaid() {
        assertThat(run("compile", "--out", "/nowhere/places.geo", mmdb.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("/nowhere/places.geo cannot be written")
                .hasLineCount(1);
    }

    @Test
    void wrongUsageEndsWithTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("lookup")).isEqualTo(2);
        assertThat(run("compile", mmdb.toString())).isEqualTo(2);
        assertThat(run("compile", "--out", "x", "--level", "street", mmdb.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'street' is none of country, region, city and location");
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        for (String command : new String[] {"lookup", "info", "compile"}) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString()).contains("Examples:").contains("gatehouse geo " + command);
            out.getBuffer().setLength(0);
        }
    }

    private int run(String... arguments) {
        CommandLine command = Gatehouse.commandLine();
        if (!command.getSubcommands().containsKey("geo")) {
            command.addSubcommand(new GeoCommand());
        }
        String[] all = new String[arguments.length + 1];
        all[0] = "geo";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
