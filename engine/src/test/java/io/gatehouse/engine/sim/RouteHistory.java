package io.gatehouse.engine.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.route.Origin;
import io.gatehouse.engine.route.Placement;
import io.gatehouse.engine.worker.Worker;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A history of the stage that routes: each input record lies by its user in the end, or is a dead letter, exactly once. */
final class RouteHistory extends History {
    private final Map<String, Origin> routed = new HashMap<>();
    private final Map<String, byte[]> values = new HashMap<>();
    private final Set<String> deadLetters = new HashSet<>();

    RouteHistory(long seed, Flaws flaws) {
        super(seed, flaws);
    }

    @Override
    boolean judges(int stage) {
        return false;
    }

    @Override
    Worker worker(EngineSettings settings, int stage) {
        return Worker.routing(0, settings.with(Partitioning.REKEY), new SimClients(kafka), kafka, kafka);
    }

    @Override
    void check() {
        for (int partition = 0; partition < kafka.partitions(INPUT); partition++) {
            collectRouted(new TopicPartition(BY_USER, partition));
            collectDeadLetters(new TopicPartition(DEAD_LETTERS, partition));
        }
        for (int partition = 0; partition < kafka.partitions(INPUT); partition++) {
            compare(new TopicPartition(INPUT, partition));
        }
        assertThat(routed).as("records that were never in the input").isEmpty();
        assertThat(deadLetters).as("dead letters that were never in the input").isEmpty();
    }

    private void collectRouted(TopicPartition partition) {
        SimLog log = kafka.log(partition);
        Map<Integer, Long> lastOffset = new HashMap<>();
        for (long offset = 0; offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                SimLog.Entry entry = log.at(offset);
                Origin origin = Origin.read(SimConsumer.record(partition, offset, entry));
                assertThat(origin).isNotNull();
                String source = origin.partition() + "/" + origin.offset();
                assertThat(routed.put(source, origin))
                        .as(source + " is routed once more")
                        .isNull();
                Long before = lastOffset.put(origin.partition(), origin.offset());
                assertThat(before == null || before < origin.offset())
                        .as("order of " + source)
                        .isTrue();
                if (entry.value() != null) {
                    values.put(source, entry.value());
                    assertThat(Placement.of(entry.key(), kafka.partitions(BY_USER)))
                            .isEqualTo(partition.partition());
                }
            }
        }
    }

    private void collectDeadLetters(TopicPartition partition) {
        SimLog log = kafka.log(partition);
        for (long offset = 0; offset < log.endOffset(); offset++) {
            if (log.isVisible(offset)) {
                SimLog.Entry letter = log.at(offset);
                String source = new String(
                                letter.headers()
                                        .lastHeader("gatehouse.source.partition")
                                        .value(),
                                UTF_8)
                        + "/"
                        + new String(
                                letter.headers()
                                        .lastHeader("gatehouse.source.offset")
                                        .value(),
                                UTF_8);
                assertThat(deadLetters.add(source))
                        .as("a second dead letter of " + source)
                        .isTrue();
            }
        }
    }

    private void compare(TopicPartition partition) {
        ReferenceJudge reference = new ReferenceJudge(address -> null, Settings.DEFAULTS);
        SimLog log = kafka.log(partition);
        for (long offset = 0; offset < log.endOffset(); offset++) {
            SimLog.Entry entry = log.at(offset);
            String source = partition.partition() + "/" + offset;
            Verdict expected =
                    reference.judge(entry.value(), entry.timestampMs(), INPUT, partition.partition(), offset);
            Origin origin = routed.remove(source);
            assertThat(origin).as("what became of " + source).isNotNull();
            assertThat(origin.timestampMs()).isEqualTo(entry.timestampMs());
            if (expected instanceof Verdict.Refused refused) {
                assertThat(origin.refused().label()).isEqualTo(refused.reason());
                assertThat(deadLetters.remove(source))
                        .as("a dead letter of " + source)
                        .isTrue();
            } else {
                assertThat(origin.refused()).isNull();
                assertThat(values.get(source)).isEqualTo(entry.value());
            }
        }
    }
}
