package io.gatehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.reference.CaseBook;
import io.gatehouse.reference.Expectation;
import io.gatehouse.reference.LoginCase;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CasesTest {
    private static final CaseBook BOOK = CaseBook.read(Path.of("..", "cases"));
    private static final GeoTable GEO = CasePlaces.compile(BOOK);

    @TestFactory
    Stream<DynamicTest> everyCaseHoldsInOneBatch() {
        return everyCase(login -> run(login, Batch.CAPACITY));
    }

    @TestFactory
    Stream<DynamicTest> everyCaseHoldsRecordByRecord() {
        return everyCase(login -> run(login, 1));
    }

    private interface Run {
        void of(LoginCase login);
    }

    private static Stream<DynamicTest> everyCase(Run run) {
        return BOOK.cases().stream()
                .flatMap(login -> Stream.concat(Stream.of(login), login.respelled().stream()))
                .map(login -> DynamicTest.dynamicTest(login.toString(), () -> run.of(login)));
    }

    private static void run(LoginCase login, int batchSize) {
        JudgeSettings settings = new JudgeSettings(
                login.settings().maxEventBytes(),
                login.settings().sessionGapMs(),
                login.settings().retentionMs(),
                login.settings().sessionsLatenessMs(),
                login.settings().profileEnabled(),
                fieldNames(login.settings().fieldNames()),
                login.settings().statsWindowMs(),
                JudgeSettings.DEFAULTS.statsPublishIntervalMs(),
                true,
                true);
        LastPublished published = new LastPublished();
        Batch batch = new Batch();
        try (PartitionJudge judge = new PartitionJudge(settings, GEO, new UserBudget(1000), CaseBook.TOPIC, 0)) {
            for (int first = 0; first < login.events().size(); first += batchSize) {
                int end = Math.min(first + batchSize, login.events().size());
                batch.clear();
                for (int offset = first; offset < end; offset++) {
                    LoginCase.Event event = login.events().get(offset);
                    batch.add(null, event.value(), offset, event.recordTimestampMs());
                }
                judge.judge(batch, CaseBook.PROCESSED_AT_MS);
                judge.publish(CaseBook.PROCESSED_AT_MS, published);
                for (int offset = first; offset < end; offset++) {
                    assertThat(differences(login.expectations().get(offset), batch, offset - first))
                            .as("event %d of %s", offset, login)
                            .isEmpty();
                }
            }
            published.awaitSilence(judge, settings, CaseBook.PROCESSED_AT_MS);
        }
        if (login.publications().tellSessions()) {
            assertThat(login.publications().differencesInSessions(published.sessionValues()))
                    .isEmpty();
        }
        if (login.publications().tellStatistics()) {
            assertThat(login.publications().differencesInStatistics(published.statistics()))
                    .isEmpty();
        }
    }

    private static FieldNames fieldNames(Map<String, String> byLabel) {
        Map<Field, String> byField = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            byField.put(field, byLabel.getOrDefault(field.label(), field.label()));
        }
        return new FieldNames(byField);
    }

    private static List<String> differences(Expectation expectation, Batch batch, int index) {
        if (batch.isAccepted(index)) {
            return expectation.differencesFromAccepted(batch.outputKey(index), batch.output(index));
        }
        String field = batch.field(index) == null ? null : batch.field(index).label();
        return expectation.differencesFromRefused(batch.reason(index).label(), field);
    }
}
