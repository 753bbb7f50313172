package io.gatehouse.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Checker.Closed;
import io.gatehouse.reference.Checker.Record;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsCheckTest {
    private static final long SEED = 20_260_102;

    private final History history = new History(SEED, true);

    @Test
    void aRightHistoryIsContent() {
        CheckReport report = history.check(Closed.ALL);
        assertThat(report.differences()).isEmpty();
        assertThat(report.statistics()).isGreaterThan(100).isLessThan(history.statistics.size());
        assertThat(report.sessions()).isGreaterThan(100);
        assertThat(history.statistics).anyMatch(record -> key(record).startsWith("activity/"));
    }

    @Test
    void aKeyThatWasNeverPublishedIsMissing() {
        String key = key(history.statistics.get(history.statistics.size() / 2));
        history.statistics.removeIf(record -> key(record).equals(key));
        assertFound(Kind.MISSING_STATISTICS);
        assertThat(history.check(Closed.ALL).mayBecomeContent()).isTrue();
    }

    @Test
    void activityThatWasNeverPublishedIsMissing() {
        history.statistics.removeIf(record -> key(record).equals("activity/1"));
        assertFound(Kind.MISSING_STATISTICS);
    }

    @Test
    void aKeyThatMustNotBeIsFound() {
        Record record = history.statistics.get(0);
        history.statistics.add(History.with(record, "2020-01-01T00:00:00Z/0".getBytes(UTF_8), record.value(), 0));
        assertFound(Kind.UNKNOWN_STATISTICS);
    }

    @Test
    void anOlderValueThatComesLastIsFound() {
        for (Record older : history.statistics) {
            List<Record> same = history.statistics.stream()
                    .filter(record -> key(record).equals(key(older)))
                    .toList();
            if (same.size() > 1
                    && !new String(same.get(0).value(), UTF_8)
                            .equals(new String(same.get(same.size() - 1).value(), UTF_8))) {
                history.statistics.add(same.get(0));
                break;
            }
        }
        assertFound(Kind.STATISTICS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"logins\":1,/\"logins\":2,",
                "\"new_users\":[0-9]+/\"new_users\":99",
                "\"sessions_started\":[0-9]+/\"sessions_started\":99",
                "\"sessions_closed\":[0-9]+/\"sessions_closed\":99",
                "\"sessions_closed\":[0-9]+/\"sessions_closed\":-1",
                "\"late\":[0-9]+/\"late\":99",
                "\"duplicates\":[0-9]+/\"duplicates\":99",
                "\"late_dropped\":[0-9]+/\"late_dropped\":99",
                "\"late_dropped\":[0-9]+,/",
                "\"country\":\\{/\"country\":{\"SE\":1,",
                "\"locale\":\\{[^}]*}/\"locale\":{}",
                ",\"day_of_week\":\\{[^}]*}/",
                "\"by\":\\{/\"by\":{\"mood\":{},",
                "\"estimate\":[0-9]+/\"estimate\":99",
                "\"sketch\":\"./\"sketch\":\"=",
                "\"more\":1/\"more\":2",
                "\"more\":1/\"3\":1",
                "\"window_end\":\"..../\"window_end\":\"1999",
                "\"partition\":1/\"partition\":0",
                "\\{/{\"mood\":1,"
            })
    void aWrongFieldOfAWindowIsFound(String change) {
        String[] parts = change.split("/", 2);
        int last = IntStream.range(0, history.statistics.size())
                .filter(i -> text(history.statistics.get(i)).contains("\"logins\":1,"))
                .filter(i -> !key(history.statistics.get(i)).endsWith("/0"))
                .max()
                .orElseThrow();
        History.alter(history.statistics, last, value -> value.replaceFirst(parts[0], parts[1]));
        assertFound(Kind.STATISTICS);
    }

    @Test
    void aWrongHourOfActivityIsFound() {
        int activity = IntStream.range(0, history.statistics.size())
                .filter(i -> key(history.statistics.get(i)).equals("activity/1"))
                .max()
                .orElseThrow();
        History.alter(history.statistics, activity, value -> value.replaceFirst("\\[\\[0,", "[[1,"));
        assertFound(Kind.STATISTICS);
    }

    @Test
    void aKeyInTwoPartitionsHasNoLastValue() {
        Record record = history.statistics.get(history.statistics.size() - 1);
        history.statistics.add(History.with(record, record.key(), record.value(), 5));
        assertFound(Kind.STATISTICS);
    }

    @Test
    void aSessionThatWasClosedWithoutBeingCountedIsFound() {
        history.statistics.replaceAll(record -> {
            String value = text(record).replaceFirst("\"sessions_closed\":[1-9][0-9]*", "\"sessions_closed\":0");
            return History.with(record, record.key(), value.getBytes(UTF_8), record.partition());
        });
        assertFound(Kind.STATISTICS);
    }

    @Test
    void whatIsNoObjectIsUnreadable() {
        Record record = history.statistics.get(0);
        history.statistics.add(History.with(record, record.key(), null, 0));
        history.statistics.add(History.with(record, null, record.value(), 0));
        assertThat(history.check(Closed.ALL).counts()).containsEntry(Kind.UNREADABLE, 2L);
    }

    private void assertFound(Kind kind) {
        CheckReport report = history.check(Closed.ALL);
        assertThat(report.counts()).as(report.toString()).containsOnlyKeys(kind);
        assertThat(report.differences()).anyMatch(difference -> difference.startsWith(kind.name()));
    }

    private static String key(Record record) {
        return new String(record.key(), UTF_8);
    }

    private static String text(Record record) {
        return new String(record.value(), UTF_8);
    }
}
