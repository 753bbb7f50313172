package io.gatehouse.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.reference.Checker.Closed;
import io.gatehouse.reference.Checker.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * What a pipeline may rightly have published of random logins: sessions are closed now and then, too soon as well, and
 * statistics are published several times. Tests spoil it.
 */
final class History {
    private static final int PARTITIONS = 2;
    private static final int RECORDS_PER_PARTITION = 400;
    private static final long NOW = 1_767_225_600_000L;
    /** Late on a day, so that the logins reach into the next. */
    private static final long FIRST_LOGIN_S = 1_700_085_000;

    final List<Record> inputs = new ArrayList<>();
    final List<Record> sessions = new ArrayList<>();
    final List<Record> statistics = new ArrayList<>();
    private final List<Record> processed = new ArrayList<>();
    private final Random random;
    private final Map<String, Session> published = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();

    /** @param allClosed whether silence closes all sessions in the end */
    History(long seed, boolean allClosed) {
        random = new Random(seed);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ReferenceJudge judge = new ReferenceJudge(History::place, Settings.DEFAULTS);
            for (int i = 0; i < RECORDS_PER_PARTITION; i++) {
                Record input = input(partition, i);
                inputs.add(input);
                Verdict verdict = judge.judge(input.value(), input.timestampMs(), "logins", partition, i);
                processed.add(output((Verdict.Accepted) verdict, partition));
                if (random.nextInt(20) == 0) {
                    judge.closedSessions().forEach(this::publish);
                    addStatistics(judge, partition, 0);
                }
                if (random.nextInt(100) == 0) {
                    judge.openSessions().forEach(this::publish);
                }
            }
            judge.closedSessions().forEach(this::publish);
            if (allClosed) {
                judge.openSessions().forEach(this::publish);
            }
            addStatistics(judge, partition, published.size() - sessionsClosed());
        }
    }

    private static Map<String, Object> place(byte[] address) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("country", address[3] % 2 == 0 ? "FI" : "US");
        place.put("region", address[3] % 4 == 0 ? "Uusimaa" : null);
        return place;
    }

    private Record input(int partition, long offset) {
        long time = FIRST_LOGIN_S + offset * 40 - (random.nextInt(4) == 0 ? random.nextInt(3000) : 0);
        String value = "{\"user_id\":\"user-" + partition + "-" + random.nextInt(25) + "\",\"timestamp\":" + time
                + ",\"device_id\":\"d" + random.nextInt(3) + "\",\"ip\":\"25.1.1." + random.nextInt(9)
                + "\",\"locale\":\"l" + random.nextInt(5) + "\"}";
        return new Record("logins", partition, offset, NOW, null, value.getBytes(UTF_8), List.of());
    }

    private static Record output(Verdict.Accepted accepted, int partition) {
        byte[] key = accepted.userId().getBytes(UTF_8);
        return new Record("processed", partition, 0, NOW, key, accepted.output(NOW), List.of());
    }

    private void publish(Session session) {
        if (!session.equals(published.put(session.id(), session))) {
            long revision = revisions.merge(session.id(), 1L, Long::sum);
            byte[] key = session.userId().getBytes(UTF_8);
            sessions.add(new Record("sessions", 0, 0, NOW, key, session.value(revision, NOW), List.of()));
        }
    }

    /** Sessions closed are all told by the first window there is. */
    private void addStatistics(ReferenceJudge judge, int partition, long sessionsClosed) {
        long toTell = sessionsClosed;
        for (Map.Entry<String, String> entry : judge.statistics(partition).entrySet()) {
            byte[] value = published(entry.getValue(), toTell).getBytes(UTF_8);
            statistics.add(
                    new Record("statistics", partition, 0, NOW, entry.getKey().getBytes(UTF_8), value, List.of()));
            toTell = 0;
        }
    }

    private long sessionsClosed() {
        StatisticsCheck told = new StatisticsCheck(new Differences(0));
        statistics.forEach(told::add);
        return told.sessionsClosed();
    }

    /** What the reference says of statistics, and what hangs on timing. */
    static String published(String value, long sessionsClosed) {
        Map<String, Object> members = members(value.getBytes(UTF_8));
        if (members.get("kind").equals("logins")) {
            Map<String, Object> users = new LinkedHashMap<>();
            ((Map<?, ?>) members.get("distinct_users")).forEach((name, member) -> users.put((String) name, member));
            users.remove("exact");
            members.put("distinct_users", users);
            members.put("sessions_closed", sessionsClosed);
            members.put("processing_delay_ms", Map.of("buckets", Map.of("more", members.get("logins"))));
        }
        return JsonWriter.write(members);
    }

    static Map<String, Object> members(byte[] value) {
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) Checker.json(value)).forEach((name, member) -> members.put((String) name, member));
        return members;
    }

    /** What kinds are found does not hang on whether what is published is read before its logins or after them. */
    CheckReport check(Closed closed) {
        CheckReport before = check(closed, true);
        CheckReport after = check(closed, false);
        assertThat(after.counts())
                .as("%s instead of %s", after, before)
                .containsOnlyKeys(before.counts().keySet());
        return before;
    }

    private CheckReport check(Closed closed, boolean publishedFirst) {
        Checker checker = new Checker(History::place, Settings.DEFAULTS, 10);
        checker.expectSessions(closed);
        checker.expectStatistics();
        if (publishedFirst) {
            addPublished(checker);
        }
        inputs.forEach(checker::input);
        if (!publishedFirst) {
            addPublished(checker);
        }
        processed.forEach(checker::processed);
        return checker.report();
    }

    private void addPublished(Checker checker) {
        sessions.forEach(checker::session);
        statistics.forEach(checker::statistics);
    }

    /** The records of a session, oldest first. */
    List<Record> revisionsOf(String userId, long number) {
        return sessions.stream()
                .filter(record -> {
                    Session session = Revision.read(record.value()).session();
                    return session.userId().equals(userId) && session.number() == number;
                })
                .toList();
    }

    /** A session that was published this often. */
    List<Record> sessionOfRevisions(int count) {
        return sessions.stream()
                .map(record -> Revision.read(record.value()).session())
                .map(session -> revisionsOf(session.userId(), session.number()))
                .filter(records -> records.size() == count)
                .findFirst()
                .orElseThrow();
    }

    static void alter(List<Record> records, int index, UnaryOperator<String> change) {
        Record record = records.get(index);
        String value = new String(record.value(), UTF_8);
        String changed = change.apply(value);
        if (changed.equals(value)) {
            throw new IllegalArgumentException("nothing changes in " + value);
        }
        records.set(index, with(record, record.key(), changed.getBytes(UTF_8), record.partition()));
    }

    static Record with(Record record, byte[] key, byte[] value, int partition) {
        return new Record(
                record.topic(), partition, record.offset(), record.timestampMs(), key, value, record.headers());
    }
}
