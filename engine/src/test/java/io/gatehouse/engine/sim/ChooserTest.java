package io.gatehouse.engine.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.FreshStart;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalWriter;
import io.gatehouse.engine.worker.Chooser;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The group's partitioning: one for all, the first recorded, and never changed by the way. */
class ChooserTest {
    private static final String INPUT = "user-login";
    private static final String STATE = "gatehouse-state";
    private static final List<String> OTHERS = List.of(
            "processed-user-login", "user-login-dlq", "login-sessions", "login-stats", STATE, "gatehouse-by-user");

    private final Random random = new Random(3);
    private SimKafka kafka = new SimKafka(random, Flaws.NONE, INPUT, 3, OTHERS, 0);

    @Test
    void aKeyedInputIsRecognised() {
        new SimTraffic(kafka, INPUT, new Random(1) {
                    @Override
                    public int nextInt(int bound) {
                        // Neither misplaced nor without key.
                        return bound == 40 || bound == 50 ? 1 : super.nextInt(bound);
                    }
                })
                .append(100);
        Chooser chooser = chosen(Partitioning.AUTO);
        assertThat(chooser.choice()).isEqualTo(Partitioning.KEYED);
        assertThat(chooser.why()).contains("are keyed by user_id");
    }

    @Test
    void anInputWithOtherKeysIsRekeyed() {
        login("somebody", 0);
        Chooser chooser = chosen(Partitioning.AUTO);
        assertThat(chooser.choice()).isEqualTo(Partitioning.REKEY);
        assertThat(chooser.why()).contains("1 of the newest 1 logins");
    }

    @Test
    void onePartitionIsKeyedWhateverIsInIt() {
        kafka = new SimKafka(random, Flaws.NONE, INPUT, 1, OTHERS, 0);
        login("somebody", 0);
        assertThat(chosen(Partitioning.AUTO).choice()).isEqualTo(Partitioning.KEYED);
    }

    @Test
    void anEmptyInputIsWaitedFor() {
        Chooser chooser = chooser(Partitioning.AUTO, "i0");
        turn(chooser, 200);
        assertThat(chooser.choice()).isNull();
        assertThat(chooser.status().trouble()).contains("first records of user-login");
        login("somebody", 2);
        turn(chooser, 200);
        assertThat(chooser.choice()).isEqualTo(Partitioning.REKEY);
    }

    @Test
    void aMissingTopicIsNamed() {
        kafka.deleteTopic(STATE);
        Chooser chooser = chooser(Partitioning.AUTO, "i0");
        turn(chooser, 100);
        assertThat(chooser.status().trouble()).contains(STATE + " does not exist", "gatehouse topics create");
    }

    @Test
    void theFirstChoiceHoldsForLaterStarts() {
        login("somebody", 0);
        assertThat(chosen(Partitioning.KEYED).choice()).isEqualTo(Partitioning.KEYED);
        Chooser later = chosen(Partitioning.AUTO);
        assertThat(later.choice()).isEqualTo(Partitioning.KEYED);
        assertThat(later.why()).contains("has been working with it");
    }

    @Test
    void anotherChoiceIsRefusedWithWhatToDo() {
        chosen(Partitioning.KEYED);
        Chooser later = chooser(Partitioning.REKEY, "i1");
        turn(later, 100);
        assertThat(later.choice()).isNull();
        assertThat(later.status().trouble())
                .contains("input.partitioning is rekey", "works with keyed", "Set it to keyed or auto");
    }

    @Test
    void theChoiceOutlivesTheTrimmingOfItsRecord() {
        chosen(Partitioning.KEYED);
        kafka.log(new TopicPartition(INPUT, 0)).append(entry("somebody"));
        Worker worker = new Worker(
                0,
                settings(Partitioning.KEYED, "i0"),
                new GeoTables(GeoTable.empty()),
                new UserBudget(1_000),
                () -> 1,
                new SimClients(kafka),
                kafka,
                kafka);
        for (int i = 0; i < 500; i++) {
            kafka.pass(50);
            worker.turn();
        }
        worker.finish(Duration.ofSeconds(1));
        kafka.log(new TopicPartition(STATE, 0)).trim(1);
        assertThat(chosen(Partitioning.AUTO).choice()).isEqualTo(Partitioning.KEYED);
    }

    @Test
    void aFreshStartThatIsStillThereIsPassedOver() {
        recorded(FreshStart.record(), ChoiceRecord.of(Partitioning.REKEY));
        assertThat(chosen(Partitioning.AUTO).choice()).isEqualTo(Partitioning.REKEY);
    }

    @Test
    void whatAFreshStartHasMadeVoidDoesNotCountAlthoughItIsStillThere() {
        recorded(ChoiceRecord.of(Partitioning.KEYED), block(Partitioning.KEYED));
        recorded(FreshStart.record(), block(Partitioning.REKEY));
        assertThat(chosen(Partitioning.AUTO).choice()).isEqualTo(Partitioning.REKEY);
    }

    @Test
    void aChoiceThatComesTooLateDoesNotCountHoweverFarTheFirstLies() {
        recorded(ChoiceRecord.of(Partitioning.REKEY));
        for (int i = 0; i < 200; i++) {
            recorded(ChoiceRecord.of(Partitioning.KEYED));
        }
        assertThat(chosen(Partitioning.AUTO).choice()).isEqualTo(Partitioning.REKEY);
    }

    @Test
    void aChoiceAmongTheBlocksDoesNotCount() {
        recorded(block(Partitioning.REKEY), ChoiceRecord.of(Partitioning.KEYED));
        assertThat(chosen(Partitioning.AUTO).choice()).isEqualTo(Partitioning.REKEY);
    }

    private void recorded(byte[]... values) {
        for (byte[] value : values) {
            kafka.log(new TopicPartition(STATE, 0)).append(state(value));
        }
    }

    private static byte[] block(Partitioning choice) {
        return new JournalWriter()
                .finish(new JournalHeader(0, 1, 2, 3, ChoiceRecord.codeOf(choice), 0, 0))
                .get(0);
    }

    private SimLog.Entry state(byte[] value) {
        return new SimLog.Entry(null, null, value, new RecordHeaders(), kafka.wallMs(), false);
    }

    @Test
    void instancesThatChooseAtTheSameMomentAgree() {
        for (long seed = 0; seed < 400; seed++) {
            kafka = new SimKafka(new Random(seed), Flaws.NONE, INPUT, 2, OTHERS, (int) (seed % 60));
            login("somebody", 0);
            List<Chooser> choosers = new ArrayList<>(List.of(
                    chooser(Partitioning.KEYED, "a"),
                    chooser(Partitioning.REKEY, "b"),
                    chooser(Partitioning.AUTO, "c")));
            Random order = new Random(seed);
            for (int i = 0; i < 1_500; i++) {
                if (i == 700) {
                    kafka.calm();
                }
                turnOrRestart(choosers, order.nextInt(choosers.size()));
            }
            assertThat(choosers.stream()
                            .map(Chooser::choice)
                            .filter(Objects::nonNull)
                            .distinct())
                    .as("seed " + seed)
                    .hasSize(1);
            assertThat(choosers.get(2).choice()).as("seed " + seed).isNotNull();
        }
    }

    private void turnOrRestart(List<Chooser> choosers, int index) {
        kafka.pass(kafka.random.nextInt(150));
        try {
            choosers.get(index).turn();
        } catch (SimKafka.Killed e) {
            Partitioning wanted = List.of(Partitioning.KEYED, Partitioning.REKEY, Partitioning.AUTO)
                    .get(index);
            choosers.set(index, chooser(wanted, "again-" + index));
        }
    }

    private void login(String user, int partition) {
        kafka.log(new TopicPartition(INPUT, partition)).append(entry(user));
    }

    private SimLog.Entry entry(String user) {
        String event = "{\"user_id\":\"" + user + "\",\"timestamp\":" + kafka.wallMs() + "}";
        return new SimLog.Entry(
                null, "key".getBytes(UTF_8), event.getBytes(UTF_8), new RecordHeaders(), kafka.wallMs(), false);
    }

    private Chooser chosen(Partitioning wanted) {
        Chooser chooser = chooser(wanted, "i0");
        turn(chooser, 300);
        assertThat(chooser.choice()).isNotNull();
        return chooser;
    }

    private void turn(Chooser chooser, int times) {
        for (int i = 0; i < times && chooser.choice() == null; i++) {
            kafka.pass(50);
            chooser.turn();
        }
    }

    private Chooser chooser(Partitioning wanted, String instance) {
        return new Chooser(settings(wanted, instance), new SimClients(kafka), kafka, kafka);
    }

    private static EngineSettings settings(Partitioning wanted, String instance) {
        return SimSettings.of(instance).with(wanted);
    }
}
