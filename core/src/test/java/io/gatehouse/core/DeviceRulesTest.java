package io.gatehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceRulesTest {
    private final Story story = new Story();

    @Test
    void aDeviceIsNewOnceForAUser() {
        assertDevice(use(0, "a"), true, 1);
        assertDevice(use(1, "a"), false, 1);
        assertDevice(use(2, "b"), true, 2);
        assertDevice(use(3, "a"), false, 2);
    }

    @Test
    void anEmptyDeviceIdIsADeviceAndNoneIsNot() {
        assertDevice(story.login(0).told(), false, 0);
        assertDevice(use(1, ""), true, 1);
        assertDevice(story.login(2).told(), false, 1);
    }

    @Test
    void theNinthDeviceTakesThePlaceOfTheLeastRecentlyUsed() {
        for (int i = 0; i < 8; i++) {
            use(i, "device " + i);
        }
        use(8, "device 0");
        assertDevice(use(9, "device 8"), true, 8);
        assertDevice(use(10, "device 0"), false, 8);
        assertDevice(use(11, "device 1"), true, 8);
    }

    @Test
    void recencyIsOfProcessingNotOfEventTime() {
        for (int i = 0; i < 8; i++) {
            use(i, "device " + i);
        }
        use(-1, "device 0");
        use(9, "device 8");
        assertDevice(use(10, "device 0"), false, 8);
    }

    @Test
    void aNewDeviceInALoginLongPastIsToldSoAndNotKept() {
        for (int i = 0; i < 8; i++) {
            use(i, "device " + i);
        }
        assertDevice(use(-100, "late"), true, 8);
        assertDevice(use(-100, "late"), true, 8);
        assertDevice(use(9, "device 0"), false, 8);
    }

    @Test
    void aVersionIsComparedWithTheLastOnTheSameDevice() {
        assertThat(change(0, "a", "1.2")).isEqualTo("first");
        assertThat(change(1, "a", "v1.2.0-rc")).isEqualTo("same");
        assertThat(change(2, "a", "1.10")).isEqualTo("upgrade");
        assertThat(change(3, "b", "1.2")).isEqualTo("first");
        assertThat(change(4, "a", "1.2")).isEqualTo("downgrade");
    }

    @Test
    void loginsWithoutDeviceIdCountAsOneMoreDevice() {
        assertThat(change(0, null, "1")).isEqualTo("first");
        assertThat(change(1, "a", "2")).isEqualTo("first");
        assertThat(change(2, null, "1")).isEqualTo("same");
        for (int i = 0; i < 9; i++) {
            use(3 + i, "device " + i);
        }
        assertThat(change(13, null, "2")).isEqualTo("upgrade");
    }

    @Test
    void aLoginOlderThanTheDevicesLastUseChangesNothingOfIt() {
        change(10, "a", "2");
        assertThat(change(9, "a", "1")).isNull();
        assertThat(change(10, "a", "2")).isEqualTo("same");
        assertThat(story.login(11).with("device_id", "a").told().get("version").isNull())
                .isTrue();
        assertThat(change(10, "a", "3")).isNull();
        assertThat(change(12, "a", "3")).isEqualTo("upgrade");
    }

    @Test
    void aLoginWithoutAVersionLeavesTheOneRemembered() {
        change(0, "a", "2");
        assertThat(story.login(1)
                        .with("device_id", "a")
                        .with("app_version", "two")
                        .told()
                        .get("version")
                        .isNull())
                .isTrue();
        assertThat(change(2, "a", "1")).isEqualTo("downgrade");
    }

    @Test
    void aDeviceKnownWithoutAVersionHasItsFirst() {
        use(0, "a");
        assertThat(change(1, "a", "1")).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({
        "iOS, ios",
        "IOS, ios",
        "android, android",
        "Web, web",
        "WINDOWS, windows",
        "macOS, macos",
        "Linux, linux",
        "'', other",
        "linuxx, other",
        "tvos, other",
        "ıos, other",
        "@ndroid, other",
        "' ios', other"
    })
    void platformsAreMatchedWhateverTheirCase(String deviceType, String platform) {
        assertThat(story.login(0)
                        .with("device_type", deviceType)
                        .told()
                        .at("/device/platform")
                        .textValue())
                .isEqualTo(platform);
    }

    @Test
    void aMissingDeviceTypeIsAnUnknownPlatform() {
        assertThat(story.login(0).told().at("/device/platform").textValue()).isEqualTo("unknown");
    }

    private JsonNode use(long minutes, String deviceId) {
        return story.login(minutes).with("device_id", deviceId).told();
    }

    private String change(long minutes, String deviceId, String version) {
        Story.Told login = story.login(minutes).with("app_version", version);
        if (deviceId != null) {
            login.with("device_id", deviceId);
        }
        return login.told().at("/version/change").textValue();
    }

    private static void assertDevice(JsonNode enrichment, boolean isNew, int known) {
        assertThat(enrichment.at("/device/is_new").booleanValue()).isEqualTo(isNew);
        assertThat(enrichment.at("/device/known_devices").intValue()).isEqualTo(known);
    }
}
