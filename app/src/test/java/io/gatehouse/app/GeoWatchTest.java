package io.gatehouse.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.config.GeoSettings;
import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.core.geo.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoWatchTest {
    private static final Instant JUNE = Instant.parse("2026-06-05T00:00:00Z");
    private static final Instant JULY = Instant.parse("2026-07-05T00:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private GeoWatch watch;

    @BeforeEach
    void aTableIsInService() throws IOException {
        file = directory.resolve("places.geo");
        Files.write(file, table(JUNE, "US"));
        watch = GeoWatch.open(settings(true));
    }

    @Test
    void aFileThatStaysAsItIsIsNotReadAgain() {
        GeoTable before = watch.tables().current();
        look(3);
        assertThat(watch.tables().current()).isSameAs(before);
        assertThat(watch.status()).isEqualTo(new GeoStatus(JUNE, 1, 0, 0, null));
    }

    @Test
    void aFileRenamedIntoPlaceIsTakenUpOnceItIsStable() throws IOException {
        replace(table(JULY, "US"));
        look(1);
        assertThat(watch.status().builtAt()).isEqualTo(JUNE);
        look(1);
        assertThat(watch.status()).isEqualTo(new GeoStatus(JULY, 1, 1, 0, null));
        assertThat(watch.tables().current().info().source().builtAt()).isEqualTo(JULY);
    }

    @Test
    void aDamagedFileLeavesTheOldInServiceAndIsToldOfUntilItIsReplaced() throws IOException {
        GeoTable before = watch.tables().current();
        byte[] damaged = table(JULY, "US");
        damaged[damaged.length - 1] ^= 1;
        replace(damaged);
        look(5);
        assertThat(watch.tables().current()).isSameAs(before);
        assertThat(watch.status().failures()).isEqualTo(1);
        assertThat(watch.status().warnings())
                .singleElement()
                .asString()
                .contains(
                        "geo.database cannot be used", "places.geo", "test of 2026-06-05, 1 places, stays in service");

        replace(table(JULY, "CA"));
        look(2);
        assertThat(watch.status()).isEqualTo(new GeoStatus(JULY, 1, 1, 1, null));
        assertThat(watch.status().warnings()).isEmpty();
    }

    @Test
    void aFileThatGrowsFromLookToLookIsLeftAlone() throws IOException {
        byte[] next = table(JULY, "US");
        for (int length = 10; length < 15; length++) {
            Files.write(file, Arrays.copyOf(next, length));
            look(1);
        }
        assertThat(watch.status().failures()).isZero();
    }

    @Test
    void aFileThatIsGoneIsToldOfAndItsReturnEndsThat() throws IOException {
        Path aside = directory.resolve("aside");
        Files.move(file, aside);
        look(3);
        assertThat(watch.status().warnings()).singleElement().asString().contains("there is no file");
        Files.move(aside, file);
        look(2);
        assertThat(watch.status()).isEqualTo(new GeoStatus(JUNE, 1, 1, 1, null));
    }

    @Test
    void aTableThatComesAfterAStartWithoutOneIsTakenUp() throws IOException {
        Files.delete(file);
        watch = GeoWatch.open(settings(false));
        look(3);
        assertThat(watch.status().warnings()).singleElement().asString().contains("there are no places in results");
        Files.write(file, table(JULY, "US"));
        look(2);
        assertThat(watch.status()).isEqualTo(new GeoStatus(JULY, 1, 1, 1, null));
    }

    @Test
    void aFileRewrittenInPlaceIsTakenUpTooAndTheOldTableDoesNotMind() throws IOException {
        GeoTable before = watch.tables().current();
        Files.write(file, new byte[0]);
        IpAddress address = new IpAddress();
        assertThat(address.parse("8.1.2.3".getBytes(US_ASCII), 0, 7)).isTrue();
        assertThat(before.find(address)).isNotEqualTo(GeoTable.NOWHERE);
        Files.write(file, table(JULY, "US"));
        look(2);
        assertThat(watch.status()).isEqualTo(new GeoStatus(JULY, 1, 1, 0, null));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look(file, 0);
        }
    }

    private GeoSettings settings(boolean required) {
        return new GeoSettings(Optional.of(file), required, Duration.ZERO);
    }

    private void replace(byte[] content) throws IOException {
        Path next = Files.write(directory.resolve("next"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] table(Instant builtAt, String country) {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.COUNTRY, new GeoSource("test", builtAt, "", ""));
        writer.addIpv4(0x08000000L, 0x08FFFFFFL, writer.record(new Place("NA", country, null, null, null, null, null)));
        return writer.toBytes();
    }
}
