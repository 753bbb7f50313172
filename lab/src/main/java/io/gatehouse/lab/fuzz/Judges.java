package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.reference.Places;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.TablePlaces;
import io.gatehouse.reference.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The core and the reference, told the same. */
final class Judges {
    /** When all records are processed, epoch milliseconds: 2027. */
    private static final long NOW_MS = 1_800_000_000_000L;

    private static final String TOPIC = "user-login";
    private static final int PARTITION = 3;
    private static final int MOST_USERS = 100;
    private static final long SEED = 1;

    private static final JudgeSettings SETTINGS = settings();
    private static final GeoTable TABLE = GeoTable.read(ByteBuffer.wrap(SmallTable.file()));
    private static final Places PLACES = places();

    private Judges() {}

    /** So small that a value that is too large is nothing out of the way. */
    static final int MAX_EVENT_BYTES = 2048;

    private static JudgeSettings settings() {
        JudgeSettings usual = JudgeSettings.DEFAULTS;
        return new JudgeSettings(
                MAX_EVENT_BYTES, usual.sessionGapMs(), usual.retentionMs(), usual.sessionsLatenessMs());
    }

    private static Places places() {
        try {
            return new TablePlaces(SmallTable.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Judge.Outcome> core(List<Judge.Input> records) {
        Batch batch = new Batch();
        for (int offset = 0; offset < records.size(); offset++) {
            Judge.Input record = records.get(offset);
            batch.add(null, record.value(), offset, record.timestampMs());
        }
        try (PartitionJudge judge = new PartitionJudge(
                SETTINGS, new GeoTables(TABLE), new UserBudget(MOST_USERS), TOPIC, PARTITION, SEED)) {
            judge.judge(batch, NOW_MS);
        }
        List<Judge.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            outcomes.add(
                    batch.isAccepted(i)
                            ? new Judge.Outcome(null, null, text(batch.outputKey(i)), bytes(batch.output(i)))
                            : new Judge.Outcome(
                                    batch.reason(i).label(),
                                    batch.field(i) == null
                                            ? null
                                            : batch.field(i).label(),
                                    text(batch.outputKey(i)),
                                    bytes(batch.output(i))));
        }
        return outcomes;
    }

    static List<Judge.Outcome> reference(List<Judge.Input> records) {
        ReferenceJudge judge = new ReferenceJudge(
                PLACES, new Settings(MAX_EVENT_BYTES, SETTINGS.sessionGapMs(), SETTINGS.retentionMs()));
        List<Judge.Outcome> outcomes = new ArrayList<>();
        for (int offset = 0; offset < records.size(); offset++) {
            Judge.Input record = records.get(offset);
            Verdict verdict = judge.judge(record.value(), record.timestampMs(), TOPIC, PARTITION, offset);
            outcomes.add(
                    verdict instanceof Verdict.Accepted accepted
                            ? new Judge.Outcome(null, null, accepted.userId(), bytes(accepted.output(NOW_MS)))
                            : refused((Verdict.Refused) verdict));
        }
        return outcomes;
    }

    private static Judge.Outcome refused(Verdict.Refused refused) {
        return new Judge.Outcome(refused.reason(), refused.field(), null, null);
    }

    private static String text(byte[] key) {
        return key == null ? null : new String(key, UTF_8);
    }

    /** A character for each byte, so that no two values look alike. */
    private static String bytes(byte[] value) {
        return value == null ? null : new String(value, ISO_8859_1);
    }
}
