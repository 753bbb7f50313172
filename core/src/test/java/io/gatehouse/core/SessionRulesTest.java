package io.gatehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
    private static final Duration GAP = Duration.ofMinutes(30);
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Duration MS = Duration.ofMillis(1);

    private final Story story = new Story();

    @Test
    void theFirstLoginOpensTheFirstSession() {
        assertSession(story.session(0), true, 1, 1, "2024-03-06T12:00:00Z", null);
    }

    @Test
    void aLoginAfterThirtyIdleMinutesIsStillInTheSession() {
        story.session(0);
        assertSession(story.session(30), false, 1, 2, "2024-03-06T12:00:00Z", 1800L);
    }

    @Test
    void aLoginAfterMoreThanThirtyIdleMinutesOpensANewSession() {
        story.session(0);
        assertSession(story.login(GAP.plus(MS)).told().get("session"), true, 2, 1, "2024-03-06T12:30:00.001Z", 1800L);
    }

    @Test
    void theGapIsCountedFromTheLatestLoginNotFromTheLastOneSeen() {
        story.session(0);
        story.session(20);
        story.session(5);
        assertSession(story.session(50), false, 1, 4, "2024-03-06T12:00:00Z", 1800L);
    }

    @Test
    void aLateLoginCountsInTheSessionAndLeavesItsStart() {
        story.session(0);
        JsonNode late = story.login(-30).told();
        assertThat(late.get("is_late").booleanValue()).isTrue();
        assertSession(late.get("session"), false, 1, 2, "2024-03-06T12:00:00Z", 0L);
    }

    @Test
    void aLoginMoreThanAGapBeforeTheSessionBelongsToNone() {
        story.session(0);
        JsonNode longPast = story.login(GAP.negated().minus(MS)).told();
        assertThat(longPast.get("session").isNull()).isTrue();
        assertThat(longPast.get("is_late").booleanValue()).isTrue();
        assertSession(story.session(1), false, 1, 2, "2024-03-06T12:00:00Z", 60L);
    }

    @Test
    void aLoginLongPastLeavesNoTrace() {
        story.login(0).with("device_id", "a").told();
        story.login(-60).with("device_id", "b").with("app_version", "9").told();
        JsonNode again = story.login(-60).with("device_id", "b").told();
        assertThat(again.get("is_duplicate").booleanValue()).isFalse();
        assertThat(again.at("/device/is_new").booleanValue()).isTrue();
        assertThat(again.at("/device/known_devices").intValue()).isEqualTo(2);
        assertThat(story.login(1)
                        .with("device_id", "c")
                        .told()
                        .at("/device/known_devices")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void aDuplicateIsToldTheSessionAsItStands() {
        story.session(0);
        story.session(10);
        JsonNode duplicate = story.login(0).told();
        assertThat(duplicate.get("is_duplicate").booleanValue()).isTrue();
        assertThat(duplicate.get("is_late").booleanValue()).isTrue();
        assertSession(duplicate.get("session"), false, 1, 2, "2024-03-06T12:00:00Z", 0L);
        assertSession(story.session(11), false, 1, 3, "2024-03-06T12:00:00Z", 60L);
    }

    @Test
    void aDuplicateOfALoginLongPastBelongsToNoSessionButIsOne() {
        story.session(0);
        story.session(40);
        JsonNode duplicate = story.login(0).told();
        assertThat(duplicate.get("is_duplicate").booleanValue()).isTrue();
        assertThat(duplicate.get("session").isNull()).isTrue();
    }

    @Test
    void onlyTheLastFourDistinctLoginsTellADuplicate() {
        for (int minute = 0; minute < 5; minute++) {
            story.session(minute);
        }
        assertThat(isDuplicate(story.login(1))).isTrue();
        assertThat(isDuplicate(story.login(0))).isFalse();
        // That one was stored as a late login, in the place of the oldest.
        assertThat(isDuplicate(story.login(1))).isFalse();
        assertThat(isDuplicate(story.login(0))).isTrue();
    }

    @Test
    void anotherDeviceAddressOrMillisecondIsNoDuplicate() {
        story.login(0).with("device_id", "a").with("ip", "10.0.0.1").told();
        assertThat(isDuplicate(story.login(0).with("device_id", "").with("ip", "10.0.0.1")))
                .isFalse();
        assertThat(isDuplicate(story.login(0).with("ip", "10.0.0.1"))).isFalse();
        assertThat(isDuplicate(story.login(0).with("device_id", "a"))).isFalse();
        assertThat(isDuplicate(story.login(MS).with("device_id", "a").with("ip", "10.0.0.1")))
                .isFalse();
    }

    @Test
    void anAddressIsComparedByValueNotBySpelling() {
        story.login(0).with("ip", "10.0.0.1").told();
        assertThat(isDuplicate(story.login(0).with("ip", "::ffff:10.0.0.1"))).isTrue();
        story.login(1).with("ip", "2001:db8::1").told();
        assertThat(isDuplicate(story.login(1).with("ip", "2001:DB8:0:0::0001"))).isTrue();
    }

    @Test
    void aUserIsRememberedForTheWholeRetention() {
        story.login(0).with("device_id", "a").told();
        JsonNode later = story.login(RETENTION).with("device_id", "a").told();
        assertThat(later.at("/device/is_new").booleanValue()).isFalse();
        assertSession(later.get("session"), true, 2, 1, "2024-06-04T12:00:00Z", 90 * 86_400L);
    }

    @Test
    void aUserIsForgottenAfterTheRetentionWithAllThatWasKnown() {
        story.login(0).with("device_id", "a").with("app_version", "1").told();
        JsonNode later = story.login(RETENTION.plus(MS))
                .with("device_id", "a")
                .with("app_version", "1")
                .told();
        assertThat(later.at("/device/is_new").booleanValue()).isTrue();
        assertThat(later.at("/version/change").textValue()).isEqualTo("first");
        assertThat(later.get("is_late").booleanValue()).isFalse();
        assertSession(later.get("session"), true, 1, 1, "2024-06-04T12:00:00.001Z", null);
    }

    @Test
    void aSessionsNameIsAHashOfUserAndStart() {
        // XXH64 of "somebody", a zero byte and "1709726400000", from another implementation.
        assertThat(story.session(0).get("id").textValue()).isEqualTo("3c41b3ad122d91d0");
        assertThat(story.session(30).get("id").textValue()).isEqualTo("3c41b3ad122d91d0");
        assertThat(story.session(90).get("id").textValue()).isNotEqualTo("3c41b3ad122d91d0");
    }

    private static boolean isDuplicate(Story.Told login) {
        return login.told().get("is_duplicate").booleanValue();
    }

    private static void assertSession(
            JsonNode session, boolean isNew, int number, int login, String startedAt, Long gapSeconds) {
        assertThat(session.get("is_new").booleanValue()).isEqualTo(isNew);
        assertThat(session.get("number").intValue()).isEqualTo(number);
        assertThat(session.get("login").intValue()).isEqualTo(login);
        assertThat(session.get("started_at").textValue()).isEqualTo(startedAt);
        if (gapSeconds == null) {
            assertThat(session.get("gap_seconds").isNull()).isTrue();
        } else {
            assertThat(session.get("gap_seconds").longValue()).isEqualTo(gapSeconds);
        }
    }
}
