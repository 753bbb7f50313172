package io.gatehouse.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CasesTest {
    private static final CaseBook BOOK = CaseBook.read(Path.of("..", "cases"));

    @TestFactory
    Stream<DynamicTest> everyCaseHoldsForTheReference() {
        return BOOK.cases().stream()
                .flatMap(login -> Stream.concat(Stream.of(login), login.respelled().stream()))
                .map(login -> DynamicTest.dynamicTest(login.toString(), () -> run(login)));
    }

    @Test
    void everyReasonOfTheContractHasACase() {
        List<String> reasons = BOOK.cases().stream()
                .flatMap(login -> login.expectations().stream())
                .flatMap(expectation -> expectation.reason().stream())
                .distinct()
                .toList();
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        "empty_value",
                        "too_large",
                        "invalid_utf8",
                        "malformed_json",
                        "not_an_object",
                        "duplicate_field",
                        "reserved_field",
                        "missing_field",
                        "wrong_type",
                        "invalid_user_id",
                        "invalid_timestamp",
                        "timestamp_out_of_range",
                        "invalid_ip",
                        "field_too_long");
    }

    @Test
    void noTwoCasesOfAFileHaveTheSameName() {
        assertThat(BOOK.cases().stream().map(LoginCase::toString)).doesNotHaveDuplicates();
    }

    private static void run(LoginCase login) {
        ReferenceJudge judge = new ReferenceJudge(BOOK.places(), login.settings());
        for (int i = 0; i < login.events().size(); i++) {
            LoginCase.Event event = login.events().get(i);
            Verdict verdict = judge.judge(event.value(), event.recordTimestampMs(), CaseBook.TOPIC, 0, i);
            assertThat(differences(login.expectations().get(i), verdict))
                    .as("event %d of %s", i, login)
                    .isEmpty();
        }
        if (login.publications().tellSessions()) {
            List<byte[]> sessions = Stream.concat(judge.closedSessions().stream(), judge.openSessions().stream())
                    .map(session -> session.value(1, CaseBook.PROCESSED_AT_MS))
                    .toList();
            assertThat(login.publications().differencesInSessions(sessions)).isEmpty();
        }
        if (login.publications().tellStatistics()) {
            Map<String, byte[]> statistics = new HashMap<>();
            judge.statistics(0).forEach((key, value) -> statistics.put(key, value.getBytes(StandardCharsets.UTF_8)));
            assertThat(login.publications().differencesInStatistics(statistics)).isEmpty();
        }
    }

    private static List<String> differences(Expectation expectation, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return expectation.differencesFromAccepted(
                    accepted.userId().getBytes(StandardCharsets.UTF_8), accepted.output(CaseBook.PROCESSED_AT_MS));
        }
        Verdict.Refused refused = (Verdict.Refused) verdict;
        return expectation.differencesFromRefused(refused.reason(), refused.field());
    }
}
