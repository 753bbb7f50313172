package io.gatehouse.engine.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.patch.Patch;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.deadletter.DeadLetters;
import io.gatehouse.engine.lookup.LogReader;
import io.gatehouse.engine.replay.Cause;
import io.gatehouse.engine.replay.LetterFilter;
import io.gatehouse.engine.replay.Replay;
import io.gatehouse.engine.replay.ReplayCounts.Left;
import io.gatehouse.engine.replay.ReplayLog;
import io.gatehouse.engine.replay.ReplayOrder;
import io.gatehouse.engine.replay.SourceRange;
import io.gatehouse.engine.worker.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Each letter comes back once, whoever is killed, stalled or doubled on the way. */
class ReplayTest {
    private static final String INPUT = "user-login";
    private static final String DEAD_LETTERS = "user-login-dlq";
    private static final String REPLAYS = "gatehouse-replays";
    private static final int PARTITIONS = 2;
    private static final int LETTERS = 60;
    private static final int HISTORIES = 1_500;
    private static final int MOST_RUNS = 8;
    private static final LetterFilter ALL = new LetterFilter(
            Set.of(), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), List.of(), List.of());
    private static final Patch NO_PATCH = Patch.of(List.of(), List.of(), List.of(), List.of());
    private static final EngineSettings SETTINGS = SimSettings.of("i");

    private SimKafka kafka;
    private Random random;

    @Test
    void replaysThatAreKilledStalledAndDoubledSendEachLetterOnce() {
        Set<String> witnessed = new HashSet<>();
        for (long seed = 1; seed <= HISTORIES; seed++) {
            assertThat(history(seed, Flaws.NONE)).as("seed " + seed).isEqualTo(expected());
            witnessed.addAll(kafka.witnessed());
        }
        assertThat(witnessed)
                .contains(
                        "killed in mid-call",
                        "stalled in mid-call",
                        "producer fenced",
                        "request for commit lost",
                        "answer to commit lost");
    }

    @Test
    void aRecordOfReplaysThatIsReadBeforeItIsCommittedIsFoundOut() {
        assertThat(IntStream.rangeClosed(1, HISTORIES)
                        .anyMatch(seed -> !history(seed, Flaws.DIRTY_READS).equals(expected())))
                .isTrue();
    }

    /** What a history leaves in the input, sorted. */
    private List<String> history(long seed, Flaws flaws) {
        begin(seed, flaws, 20);
        for (int i = 0; i < LETTERS; i++) {
            appendLetter(i, 1, INPUT);
        }
        int runs = 1 + random.nextInt(MOST_RUNS);
        for (int run = 0; run < runs; run++) {
            kafka.meanwhile(() -> {
                kafka.meanwhile(() -> {});
                runForAWhile(replay(ALL, true, 1 + random.nextInt(20)));
            });
            runForAWhile(replay(ALL, true, 1 + random.nextInt(20)));
        }
        kafka.calm();
        Replay last = replay(ALL, true, 0);
        run(last);
        return inputs();
    }

    private static List<String> expected() {
        return IntStream.range(0, LETTERS)
                .mapToObj(i -> event(i) + " attempt 1")
                .sorted()
                .toList();
    }

    private void begin(long seed, Flaws flaws, int faults) {
        random = new Random(seed);
        kafka = new SimKafka(random, flaws, INPUT, PARTITIONS, List.of(DEAD_LETTERS, REPLAYS), faults);
    }

    /** Until it is done, is killed, is given up, or gives up. */
    private void runForAWhile(Replay replay) {
        try {
            int turns = random.nextInt(40);
            for (int i = 0; i < turns && !replay.turn(); i++) {
                kafka.pass(random.nextInt(3));
            }
        } catch (SimKafka.Killed | Refusal | KafkaException e) {
            // Another one goes on.
        }
    }

    private void run(Replay replay) {
        while (!replay.turn()) {
            kafka.pass(1);
        }
        replay.close();
        // The marks of its last transaction are written.
        IntStream.range(0, 100).forEach(i -> kafka.pass(1));
    }

    private Replay replay(LetterFilter filter, boolean execute, int rate) {
        return replay(new ReplayOrder(filter, NO_PATCH, 5, rate, "somebody@somewhere", execute));
    }

    private Replay replay(ReplayOrder order) {
        return new Replay(
                SETTINGS, order, new SimClients(kafka), new SettledCluster(kafka), kafka, (topic, done, total) -> {});
    }

    private static String event(int number) {
        return "{\"uid\":\"u" + number + "\",\"timestamp\":1694479551}";
    }

    private void appendLetter(int number, int attempt, String sourceTopic) {
        Headers own = new RecordHeaders().add("x", new byte[] {1});
        if (attempt > 1) {
            own.add("gatehouse.attempt", Integer.toString(attempt - 1).getBytes(UTF_8));
        }
        ConsumerRecord<byte[], byte[]> original = SimConsumer.record(
                new TopicPartition(sourceTopic, number % PARTITIONS),
                number,
                new SimLog.Entry(null, null, event(number).getBytes(UTF_8), own, kafka.wallMs(), false));
        ProducerRecord<byte[], byte[]> letter = new DeadLetters(DEAD_LETTERS, "1.0")
                .letter(original, Reason.MISSING_FIELD, Field.USER_ID, kafka.wallMs());
        kafka.log(new TopicPartition(DEAD_LETTERS, random.nextInt(PARTITIONS)))
                .append(new SimLog.Entry(null, letter.key(), letter.value(), letter.headers(), kafka.wallMs(), false));
    }

    /** The records of the input that are committed, sorted; each must lie where its original lay. */
    private List<String> inputs() {
        List<String> found = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            SimLog log = kafka.log(new TopicPartition(INPUT, partition));
            for (long offset = 0; offset < log.endOffset(); offset++) {
                if (log.isVisible(offset)) {
                    SimLog.Entry entry = log.at(offset);
                    found.add(new String(entry.value(), UTF_8) + " attempt "
                            + new String(
                                    entry.headers()
                                            .lastHeader("gatehouse.attempt")
                                            .value(),
                                    UTF_8));
                }
            }
        }
        return found.stream().sorted().toList();
    }

    @Test
    void aDryRunSendsNothingAndTellsWhatWouldHappen() {
        begin(1, Flaws.NONE, 0);
        appendLetter(0, 1, INPUT);
        appendLetter(1, 4, INPUT);
        appendLetter(2, 5, INPUT);
        appendLetter(3, 1, "elsewhere");
        Patch patch = Patch.of(List.of(), List.of("uid=user_id"), List.of(), List.of());
        Replay replay = replay(new ReplayOrder(ALL, patch, 5, 0, "somebody@somewhere", false));
        run(replay);

        assertThat(replay.counts().letters()).isEqualTo(4);
        assertThat(replay.counts().chosen()).isEqualTo(2);
        assertThat(replay.counts().passing()).isEqualTo(2);
        assertThat(replay.counts().left())
                .containsOnly(Map.entry(Left.ATTEMPTS_USED_UP, 1L), Map.entry(Left.OTHER_SOURCE, 1L));
        assertThat(replay.examples()).hasSize(2);
        assertThat(inputs()).isEmpty();
    }

    @Test
    void theNextRefusalOfALetterCountsOneMore() {
        begin(1, Flaws.NONE, 0);
        appendLetter(0, 4, INPUT);
        Replay replay = replay(ALL, true, 0);
        run(replay);
        assertThat(inputs()).containsExactly(event(0) + " attempt 4");
        assertThat(replay.counts().refused()).containsOnlyKeys(new Cause(Reason.MISSING_FIELD, Field.USER_ID));
        assertThat(replay.counts().sent()).isEqualTo(1);
    }

    @Test
    void whatAnEarlierReplaySentIsLeftWhateverTheFilter() {
        begin(1, Flaws.NONE, 0);
        IntStream.range(0, 10).forEach(i -> appendLetter(i, 1, INPUT));
        LetterFilter some = new LetterFilter(
                Set.of(),
                Set.of(),
                Set.of(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                List.of(new SourceRange(INPUT, 0, 0, 4)),
                List.of());
        run(replay(some, true, 0));
        assertThat(inputs()).hasSize(3);
        Replay all = replay(ALL, true, 0);
        run(all);
        assertThat(all.counts().left()).containsOnly(Map.entry(Left.REPLAYED_BEFORE, 3L));
        assertThat(inputs()).hasSize(10).doesNotHaveDuplicates();
        Replay again = replay(ALL, true, 0);
        run(again);
        assertThat(again.counts().chosen()).isZero();
    }

    @Test
    void lettersOfATopicThatWasCreatedAgainAreOthers() {
        begin(1, Flaws.NONE, 0);
        appendLetter(0, 1, INPUT);
        run(replay(ALL, true, 0));
        kafka.recreateTopics();
        Replay anew = replay(ALL, true, 0);
        run(anew);
        assertThat(anew.counts().sent()).isEqualTo(1);
    }

    @Test
    void aSecondReplayEndsTheFirst() {
        begin(1, Flaws.NONE, 0);
        IntStream.range(0, 10).forEach(i -> appendLetter(i, 1, INPUT));
        Replay first = replay(ALL, true, 1);
        while (first.counts().sent() == 0) {
            first.turn();
            kafka.pass(1);
        }
        run(replay(ALL, true, 0));
        assertThatThrownBy(() -> run(first))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("another replay of the application gatehouse has begun", "after 1 letters");
        assertThat(inputs()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aRateIsKept() {
        begin(1, Flaws.NONE, 0);
        IntStream.range(0, 10).forEach(i -> appendLetter(i, 1, INPUT));
        Replay replay = replay(ALL, true, 2);
        long begunMs = kafka.wallMs();
        while (!replay.turn()) {
            kafka.pass(replay.pauseNs() / 1_000_000 + 1);
        }
        assertThat(kafka.wallMs() - begunMs).isBetween(5_000L, 6_000L);
    }

    @Test
    void aRecordOfReplaysThatIsNoneIsNotPassedOver() {
        begin(1, Flaws.NONE, 0);
        appendLetter(0, 1, INPUT);
        kafka.log(new TopicPartition(REPLAYS, 1))
                .append(new SimLog.Entry(
                        null, null, "{\"version\":2}".getBytes(UTF_8), new RecordHeaders(), kafka.wallMs(), false));
        assertThatThrownBy(() -> run(replay(ALL, true, 0)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the record gatehouse-replays/1/0 was not written by this version");
        assertThat(inputs()).isEmpty();
    }

    @Test
    void everyReplayIsWrittenDown() {
        begin(1, Flaws.NONE, 0);
        IntStream.range(0, 10).forEach(i -> appendLetter(i, 1, INPUT));
        Patch patch = Patch.of(List.of(), List.of("uid=user_id"), List.of(), List.of());
        run(replay(new ReplayOrder(ALL, patch, 5, 0, "somebody@somewhere", true)));
        long[] letters = new long[1];
        Set<String> who = new TreeSet<>();
        LogReader log = new LogReader(new SimClients(kafka).stateConsumer(), new SettledCluster(kafka));
        ReplayLog.records(log, REPLAYS, record -> {
            letters[0] += record.letters();
            who.add(record.by() + " " + record.patch() + " " + record.topic());
        });
        assertThat(letters[0]).isEqualTo(10);
        assertThat(who).containsExactly("somebody@somewhere [rename uid=user_id] " + DEAD_LETTERS);
    }
}
