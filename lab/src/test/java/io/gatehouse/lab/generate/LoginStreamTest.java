package io.gatehouse.lab.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginStreamTest {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration STEP = Duration.ofMillis(5);

    @ParameterizedTest
    @EnumSource(Profile.class)
    void everyEventIsJudgedAsItWasIntended(Profile profile) {
        for (long seed = 1; seed <= 2; seed++) {
            ReferenceJudge judge = new ReferenceJudge(address -> null, Settings.DEFAULTS);
            for (GeneratedRecord made : take(20_000, settings(seed, profile, KeyChoice.USER, 0.3))) {
                assertThat(verdict(judge, made))
                        .as("seed %d, event %d: %s", seed, made.seq(), text(made.value()))
                        .isEqualTo(made.outcome().label());
            }
        }
    }

    @Test
    void faultsAreOfEveryReasonAndField() {
        Set<Outcome> expected = new HashSet<>();
        Stream.of(Reason.values())
                .filter(reason -> reason.compareTo(Reason.MISSING_FIELD) < 0)
                .forEach(reason -> expected.add(new Outcome(reason, null)));
        Stream.of(Field.values()).forEach(field -> expected.add(new Outcome(Reason.WRONG_TYPE, field)));
        expected.add(new Outcome(Reason.MISSING_FIELD, Field.USER_ID));
        expected.add(new Outcome(Reason.MISSING_FIELD, Field.TIMESTAMP));
        expected.add(new Outcome(Reason.INVALID_USER_ID, Field.USER_ID));
        expected.add(new Outcome(Reason.INVALID_TIMESTAMP, Field.TIMESTAMP));
        expected.add(new Outcome(Reason.TIMESTAMP_OUT_OF_RANGE, Field.TIMESTAMP));
        expected.add(new Outcome(Reason.INVALID_IP, Field.IP));
        Stream.of(Field.DEVICE_TYPE, Field.APP_VERSION, Field.LOCALE, Field.DEVICE_ID)
                .forEach(field -> expected.add(new Outcome(Reason.FIELD_TOO_LONG, field)));

        Set<Outcome> seen = new HashSet<>();
        take(20_000, settings(1, Profile.REALISTIC, KeyChoice.USER, 1)).forEach(made -> seen.add(made.outcome()));

        assertThat(seen).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void equalSettingsMakeEqualStreams(Profile profile) {
        StreamSettings settings = settings(7, profile, KeyChoice.RANDOM, 0.1);
        List<GeneratedRecord> once = take(5_000, settings);
        List<GeneratedRecord> again = take(5_000, settings);
        for (int i = 0; i < once.size(); i++) {
            assertThat(again.get(i).key()).isEqualTo(once.get(i).key());
            assertThat(again.get(i).value()).isEqualTo(once.get(i).value());
            assertThat(again.get(i).outcome()).isEqualTo(once.get(i).outcome());
        }
    }

    @Test
    void anotherSeedMakesAnotherStream() {
        GeneratedRecord one =
                take(1, settings(1, Profile.REALISTIC, KeyChoice.USER, 0)).get(0);
        GeneratedRecord other =
                take(1, settings(2, Profile.REALISTIC, KeyChoice.USER, 0)).get(0);
        assertThat(one.value()).isNotEqualTo(other.value());
    }

    @Test
    void theReferenceProducerLeavesTheDeviceTypeOutInAboutFivePercent() {
        List<GeneratedRecord> made = take(20_000, settings(3, Profile.REFERENCE, KeyChoice.RANDOM, 0));
        long without = made.stream()
                .filter(record -> !text(record.value()).contains("device_type"))
                .count();
        assertThat(without / 20_000.0).isCloseTo(0.05, within(0.01));
    }

    @Test
    void theReferenceProducerSendsANewUserEachTimeWithIntegerSeconds() {
        List<GeneratedRecord> made = take(1_000, settings(3, Profile.REFERENCE, KeyChoice.RANDOM, 0));
        Set<String> users = new HashSet<>();
        for (GeneratedRecord record : made) {
            String event = text(record.value());
            users.add(event.substring(0, event.indexOf(',')));
            assertThat(event)
                    .matches("\\{\"user_id\": \"[0-9a-f-]{36}\", \"app_version\": \"2\\.3\\.0\", \"ip\": \"[0-9.]+\", "
                            + "\"locale\": \"[A-Z]{2}\", \"device_id\": \"[0-9a-f-]+\", \"timestamp\": 17\\d{8}"
                            + "(, \"device_type\": \"(android|iOS)\")?}");
        }
        assertThat(users).hasSize(1_000);
    }

    @Test
    void realisticUsersReturnOnOneToThreeDevicesOfTheirOwn() {
        ReferenceJudge judge = new ReferenceJudge(address -> null, Settings.DEFAULTS);
        Map<String, Integer> known = new HashMap<>();
        for (GeneratedRecord made : take(50_000, settings(4, Profile.REALISTIC, KeyChoice.USER, 0))) {
            Verdict.Accepted login =
                    (Verdict.Accepted) judge.judge(made.value(), START.toEpochMilli() + 600_000, "t", 0, made.seq());
            known.put(login.userId(), (Integer) ((Map<?, ?>) login.enrichment().get("device")).get("known_devices"));
            assertThat(text(made.key())).isEqualTo(login.userId());
        }
        assertThat(known).hasSizeBetween(900, 1_000);
        assertThat(known.values().stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(1.5, 2.0);
    }

    @Test
    void realisticEventsComeLateAndTwiceAndInSessions() {
        Map<String, Integer> counts = new HashMap<>();
        ReferenceJudge judge = new ReferenceJudge(address -> null, Settings.DEFAULTS);
        StreamSettings threeDays = StreamSettings.realistic(5, START, Duration.ofSeconds(5), 500, 0);
        for (GeneratedRecord made : take(50_000, threeDays)) {
            Map<String, Object> enrichment =
                    ((Verdict.Accepted) judge.judge(made.value(), -1, "t", 0, made.seq())).enrichment();
            count(counts, "late", enrichment.get("is_late"));
            count(counts, "twice", enrichment.get("is_duplicate"));
            Map<?, ?> session = (Map<?, ?>) enrichment.get("session");
            count(counts, "long past", session == null);
            count(counts, "new session", session != null && Boolean.TRUE.equals(session.get("is_new")));
            Map<?, ?> version = (Map<?, ?>) enrichment.get("version");
            counts.merge("change " + (version == null ? null : version.get("change")), 1, Integer::sum);
        }
        assertThat(counts.get("late")).isBetween(500, 5_000);
        assertThat(counts.get("twice")).isBetween(300, 2_000);
        assertThat(counts.get("long past")).isBetween(20, 2_000);
        assertThat(counts.get("new session")).isBetween(5_000, 45_000);
        assertThat(counts)
                .containsKeys("change first", "change same", "change upgrade", "change downgrade", "change null");
    }

    @Test
    void valuesForAFileStandOnOneLineEach() {
        for (GeneratedRecord made :
                take(20_000, settings(6, Profile.REALISTIC, KeyChoice.USER, 0.2).onOneLine())) {
            assertThat(text(made.value())).doesNotContain("\n", "\r");
        }
    }

    @Test
    void aFractionOfFaultsOutsideZeroToOneIsRefused() {
        assertThatThrownBy(() -> settings(1, Profile.REALISTIC, KeyChoice.USER, 1.5))
                .hasMessageContaining("faults must be a fraction from 0 to 1");
    }

    private static StreamSettings settings(long seed, Profile profile, KeyChoice key, double faults) {
        return new StreamSettings(seed, START, STEP, profile, key, 1_000, faults, false);
    }

    private static List<GeneratedRecord> take(int count, StreamSettings settings) {
        LoginStream stream = new LoginStream(settings);
        List<GeneratedRecord> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            made.add(stream.next());
        }
        return made;
    }

    /** The verdict in the words of {@link Outcome#label()}, for a record sent as soon as it is made. */
    private static String verdict(ReferenceJudge judge, GeneratedRecord made) {
        long sentMs = START.toEpochMilli() + made.seq() * STEP.toMillis();
        Verdict verdict = judge.judge(made.value(), sentMs, "t", 0, made.seq());
        if (verdict instanceof Verdict.Refused refused) {
            return refused.field() == null ? refused.reason() : refused.reason() + " " + refused.field();
        }
        return "accepted";
    }

    private static void count(Map<String, Integer> counts, String what, Object happened) {
        counts.merge(what, Boolean.TRUE.equals(happened) ? 1 : 0, Integer::sum);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
