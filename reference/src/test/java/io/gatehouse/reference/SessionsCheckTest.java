package io.gatehouse.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Closed;
import io.gatehouse.reference.Checker.Record;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsCheckTest {
    private static final long SEED = 20_260_101;

    private final History history = new History(SEED, true);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRightHistoryIsContentWhateverItsTiming(long seed) {
        History closed = new History(seed, true);
        assertThat(closed.sessions).hasSizeGreaterThan(100);
        assertThat(closed.check(Closed.ALL).differences()).isEmpty();
        assertThat(closed.check(Closed.BY_LOGINS).differences()).isEmpty();
        assertThat(new History(seed, false).check(Closed.BY_LOGINS).differences())
                .isEmpty();
    }

    @Test
    void sessionsThatAreStillOpenAreMissedOnlyWhenSilenceHasClosedAll() {
        CheckReport report = new History(SEED, false).check(Closed.ALL);
        assertThat(report.counts()).containsKey(Kind.MISSING_SESSION);
        assertThat(report.mayBecomeContent()).isTrue();
    }

    @Test
    void aClosedSessionThatWasNeverPublishedIsMissing() {
        history.sessions.removeAll(history.revisionsOf("user-0-3", 1));
        assertFound(Kind.MISSING_SESSION);
    }

    @Test
    void aLastRevisionThatWasLostIsFound() {
        history.sessions.remove(history.sessionOfRevisions(2).get(1));
        assertFound(Kind.SESSION);
    }

    @Test
    void aGapInTheRevisionsIsFound() {
        history.sessions.remove(history.sessionOfRevisions(2).get(0));
        assertOnlyFound(Kind.REVISIONS);
    }

    @Test
    void aRevisionWrittenTwiceIsFound() {
        history.sessions.add(history.sessionOfRevisions(1).get(0));
        assertOnlyFound(Kind.REVISIONS);
    }

    @Test
    void aRevisionThatAddsNothingIsFound() {
        Record only = history.sessionOfRevisions(1).get(0);
        history.sessions.add(only);
        History.alter(
                history.sessions,
                history.sessions.size() - 1,
                value -> value.replace("\"revision\":1", "\"revision\":2"));
        assertOnlyFound(Kind.REVISIONS);
    }

    @Test
    void aRevisionInWhichLoginsFallIsFound() {
        Record first = history.sessionOfRevisions(2).get(0);
        History.alter(
                history.sessions,
                history.sessions.indexOf(first),
                value -> value.replaceFirst("\"logins\":[0-9]+", "\"logins\":999"));
        assertOnlyFound(Kind.REVISIONS);
    }

    @Test
    void revisionsInTwoPartitionsAreFound() {
        Record second = history.sessionOfRevisions(2).get(1);
        history.sessions.set(history.sessions.indexOf(second), History.with(second, second.key(), second.value(), 1));
        assertOnlyFound(Kind.REVISIONS);
    }

    @Test
    void aSessionThatWasNeverThereIsFound() {
        Session invented = new Session("nobody", 1, 0, 0, 1, 0, 0, List.of());
        history.sessions.add(
                new Record("sessions", 0, 0, 0, "nobody".getBytes(UTF_8), invented.value(1, 0), List.of()));
        assertFound(Kind.UNKNOWN_SESSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "logins", "late_logins", "devices"})
    void aWrongNumberInALastRevisionIsFound(String field) {
        alterOnly("\"" + field + "\":[0-9]+", "\"" + field + "\":77");
        assertOnlyFound(Kind.SESSION);
    }

    @Test
    void aWrongCountryIsFound() {
        alterOnly("\"countries\":\\[.*]", "\"countries\":[\"SE\"]");
        assertOnlyFound(Kind.SESSION);
    }

    @Test
    void aWrongEndIsFound() {
        alterOnly(
                "\"ended_at\":\"2023(.*)\",\"duration_seconds\":[0-9]+",
                "\"ended_at\":\"2024$1\",\"duration_seconds\":1");
        assertFound(Kind.SESSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"duration_seconds\":[0-9]+/\"duration_seconds\":999999",
                "\"session_id\":\"./\"session_id\":\"x",
                "Z\",\"duration/.000Z\",\"duration",
                "\\.000Z\"}/Z\"}",
                "\\{/{\"more\":1,"
            })
    void aSessionThatContradictsItselfOrIsWrittenOtherwiseIsFound(String change) {
        String[] parts = change.split("/");
        alterOnly(parts[0], parts[1]);
        assertOnlyFound(Kind.SESSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"closed_at\":\"[^\"]*\"/\"closed_at\":\"yesterday\"",
                "\"logins\":/\"logons\":",
                "\"devices\":[0-9]/\"devices\":1e1",
                "\"countries\":\\[.*]/\"countries\":[1]"
            })
    void whatIsNoSessionIsUnreadable(String change) {
        String[] parts = change.split("/");
        alterOnly(parts[0], parts[1]);
        assertFound(Kind.UNREADABLE);
    }

    @Test
    void aWrongKeyIsFound() {
        Record record = history.sessions.get(0);
        history.sessions.set(0, History.with(record, "user".getBytes(UTF_8), record.value(), 0));
        assertOnlyFound(Kind.KEY);
    }

    @Test
    void anOpenSessionMayBeBehindButNotAhead() {
        History open = new History(SEED, true);
        int last = open.sessions.size() - 1;
        History.alter(open.sessions, last, value -> value.replaceFirst("\"logins\":[0-9]+", "\"logins\":99"));
        assertThat(open.check(Closed.BY_LOGINS).counts()).containsOnlyKeys(Kind.SESSION);
    }

    /** A session's only revision: others would have to fit to it. */
    private void alterOnly(String pattern, String replacement) {
        int only = history.sessions.indexOf(history.sessionOfRevisions(1).get(0));
        History.alter(history.sessions, only, value -> value.replaceFirst(pattern, replacement));
    }

    private void assertFound(Kind kind) {
        CheckReport report = history.check(Closed.ALL);
        assertThat(report.counts()).as(report.toString()).containsKey(kind);
    }

    private void assertOnlyFound(Kind kind) {
        CheckReport report = history.check(Closed.ALL);
        assertThat(report.counts()).as(report.toString()).containsOnlyKeys(kind);
    }
}
