package io.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.app.config.GeoSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
    @TempDir
    private Path directory;

    @Test
    void aMissingTableIsRefusedAndTheKeyIsNamed() {
        GeoSettings settings = new GeoSettings(Optional.of(directory.resolve("none.geo")), true, Duration.ZERO);

        assertThatThrownBy(() -> Places.open(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("none.geo")
                .hasMessageContaining("geo.required=false");
    }

    @Test
    void aDamagedTableIsRefused() throws IOException {
        Path damaged = Files.writeString(directory.resolve("damaged.geo"), "no table at all");

        assertThatThrownBy(() -> Places.open(new GeoSettings(Optional.of(damaged), true, Duration.ZERO)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("damaged.geo");
    }

    @Test
    void withoutATableThatIsNotRequiredTheWorkGoesOnWithoutPlaces() {
        Places places = Places.open(new GeoSettings(Optional.of(directory.resolve("none.geo")), false, Duration.ZERO));

        assertThat(places.table().places()).isZero();
        assertThat(places.description()).startsWith("none, geo is null in every result (");
    }
}
