package io.gatehouse.lab.check;

import io.gatehouse.lab.generate.Acknowledgements;
import io.gatehouse.lab.generate.GeneratorHeaders;
import io.gatehouse.lab.generate.InputPlaces;
import io.gatehouse.reference.CheckReport.Kind;
import io.gatehouse.reference.Differences;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds the input against what was sent: each send that Kafka has acknowledged is in it once, and where Kafka has said;
 * each other one once or not at all. Records of other runs are of no interest.
 */
final class Conservation {
    private final Map<String, Acknowledgements> runs;
    private final Map<String, InputPlaces> found = new HashMap<>();
    private final Differences differences;

    /**
     * @param runs by the text of their records' {@link GeneratorHeaders#RUN}
     * @param mostTold how many differences are told one by one
     */
    Conservation(Map<String, Acknowledgements> runs, int mostTold) {
        this.runs = runs;
        this.differences = new Differences(mostTold);
        runs.keySet().forEach(run -> found.put(run, new InputPlaces()));
    }

    void input(ConsumerRecord<byte[], byte[]> record) {
        String run = HeaderText.of(record, GeneratorHeaders.RUN);
        if (run == null || !runs.containsKey(run)) {
            return;
        }
        Acknowledgements sends = runs.get(run);
        long seq = HeaderText.number(record, GeneratorHeaders.SEQ);
        long place = InputPlaces.of(record.partition(), record.offset());
        InputPlaces places = found.get(run);
        if (seq < 0 || seq >= sends.sent()) {
            differences.add(Kind.UNKNOWN_SEND, "input " + InputPlaces.text(place), "was not sent by run " + run);
        } else if (places.get(seq) != InputPlaces.NOWHERE) {
            differences.add(
                    Kind.REPEATED_SEND,
                    send(run, seq),
                    "is in the input at " + InputPlaces.text(places.get(seq)) + " and at " + InputPlaces.text(place));
        } else {
            places.put(seq, place);
        }
    }

    /** What differs whatever comes after. */
    Differences soFar() {
        return differences;
    }

    /** What differs when all of the input has come. */
    Differences complete() {
        Differences complete = differences.copy();
        runs.forEach((run, sends) -> {
            long sent = sends.sent();
            for (long seq = 0; seq < sent; seq++) {
                compare(send(run, seq), sends.place(seq), found.get(run).get(seq), complete);
            }
        });
        return complete;
    }

    private static void compare(String send, long acknowledged, long place, Differences complete) {
        if (acknowledged == InputPlaces.NOWHERE) {
            return;
        }
        if (place == InputPlaces.NOWHERE) {
            complete.add(Kind.LOST_SEND, send, "was acknowledged and is not in the input");
        } else if (acknowledged != InputPlaces.SOMEWHERE && acknowledged != place) {
            complete.add(
                    Kind.MISPLACED_SEND,
                    send,
                    "is at " + InputPlaces.text(place) + " in the input, and not at " + InputPlaces.text(acknowledged));
        }
    }

    private static String send(String run, long seq) {
        return "run " + run + " number " + seq;
    }
}
