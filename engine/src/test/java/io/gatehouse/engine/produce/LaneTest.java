package io.gatehouse.engine.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final TopicPartition PARTITION = new TopicPartition("some-topic", 0);
    private static final ProducerIdentity PRODUCER = new ProducerIdentity(1, (short) 1);
    private static final long NOW_MS = 1_000;

    private final Lane lane = new Lane(PARTITION, new Topic(PARTITION.topic(), Compression.NONE, 1_000));

    @Test
    void theFirstBatchOfATransactionTravelsAloneAndFiveOthersTogether() {
        List<Batch> batches = batches(8);

        assertThat(send()).containsExactly(batches.get(0));
        lane.acknowledged(batches.get(0));
        assertThat(send()).containsExactlyElementsOf(batches.subList(1, 6));
        lane.acknowledged(batches.get(1));
        assertThat(send()).containsExactly(batches.get(6));
    }

    @Test
    void afterABatchCameBackNothingIsSentBeforeTheOthersAreBackToo() {
        List<Batch> batches = begun(5);
        send();

        lane.returned(batches.get(0), NOW_MS, 0);
        assertThat(send()).isEmpty();
        assertThat(lane.isBehindAnother(batches.get(1))).isTrue();
        lane.returned(batches.get(2), NOW_MS, 0);
        lane.acknowledged(batches.get(1));
        assertThat(send()).isEmpty();
        lane.returned(batches.get(3), NOW_MS, 0);
        lane.returned(batches.get(4), NOW_MS, 0);

        assertThat(send()).containsExactly(batches.get(0), batches.get(2), batches.get(3), batches.get(4));
        assertThat(lane.isBehindAnother(batches.get(0))).isFalse();
    }

    @Test
    void whatCameBackWaits() {
        List<Batch> batches = begun(1);
        send();

        lane.returned(batches.get(0), NOW_MS, 50);

        assertThat(lane.next(NOW_MS + 49)).isNull();
        assertThat(lane.next(NOW_MS + 50)).isSameAs(batches.get(0));
        lane.sent(PRODUCER);
        lane.returned(batches.get(0), NOW_MS, 50);
        assertThat(lane.next(NOW_MS + 99)).isNull();
        assertThat(lane.next(NOW_MS + 100)).isSameAs(batches.get(0));
    }

    @Test
    void aBatchKeepsItsNumberAndTheNextGoesOnFromThere() {
        List<Batch> batches = begun(2);
        send();
        lane.returned(batches.get(0), NOW_MS, 0);
        lane.returned(batches.get(1), NOW_MS, 0);
        send();

        assertThat(batches.get(0).sequence()).isEqualTo(1);
        assertThat(batches.get(1).sequence()).isEqualTo(2);
    }

    @Test
    void whatIsGivenUpIsNotWaitedForAnyMore() {
        List<Batch> batches = begun(3);
        send();
        lane.returned(batches.get(0), NOW_MS, 0);

        assertThat(lane.giveUp()).containsExactlyInAnyOrderElementsOf(batches);
        assertThat(lane.isUnderWay(batches.get(1))).isFalse();
        assertThat(lane.oldestMs()).isEqualTo(Long.MAX_VALUE);
    }

    /** A broker takes a batch only behind the one before; whatever comes back in between, all arrive, each once. */
    @RepeatedTest(20)
    void allArriveInTheirOrderWhateverComesBack(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        List<Batch> batches = batches(40);
        List<Batch> underWay = new ArrayList<>();
        List<Batch> log = new ArrayList<>();
        for (int turn = 0; turn < 2_000 && log.size() < batches.size() || !underWay.isEmpty(); turn++) {
            underWay.addAll(send());
            if (!underWay.isEmpty()) {
                Batch next = underWay.remove(0);
                boolean isTaken = log.contains(next) || random.nextInt(3) > 0 && isNext(next, log);
                if (isTaken && !log.contains(next)) {
                    log.add(next);
                }
                // An answer may be lost on its way.
                if (isTaken && random.nextInt(5) > 0) {
                    lane.acknowledged(next);
                } else {
                    lane.returned(next, NOW_MS, 0);
                }
            }
        }
        assertThat(log).containsExactlyElementsOf(batches);
    }

    private static boolean isNext(Batch batch, List<Batch> log) {
        return batch.sequence() == log.size();
    }

    private List<Batch> begun(int some) {
        List<Batch> batches = batches(some + 1);
        send();
        lane.acknowledged(batches.get(0));
        return batches.subList(1, batches.size());
    }

    private List<Batch> batches(int some) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < some; i++) {
            Batch batch = new Batch(PARTITION, Compression.NONE, ByteBuffer.allocate(100));
            batch.append(new RecordWriter(), new ProducerRecord<>(PARTITION.topic(), new byte[1]), NOW_MS, null);
            batch.seal(NOW_MS);
            lane.add(batch);
            batches.add(batch);
        }
        return batches;
    }

    private List<Batch> send() {
        List<Batch> sent = new ArrayList<>();
        for (Batch next = lane.next(NOW_MS); next != null; next = lane.next(NOW_MS)) {
            lane.sent(PRODUCER);
            sent.add(next);
        }
        return sent;
    }
}
