package io.gatehouse.engine.replay;

import io.gatehouse.core.login.Glimpse;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.lookup.LogReader;
import io.gatehouse.engine.lookup.Progress;
import io.gatehouse.engine.replay.LetterStatistics.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells how many logins an app had while some of them were refused: by the processed topic, whose records carry the time of
 * writing as letters carry the time of refusal. Of a short stretch all are read, of a long one pieces that lie evenly.
 */
public final class LoginSample {
    /** Records that are read for one group at most, about: an app with one login in a hundred is seen 200 times. */
    private static final int MOST_RECORDS = 20_000;

    private static final int PIECES = 8;

    /** Letters that came all at once are compared with a minute's logins. */
    private static final long SHORTEST_SPAN_MS = TimeUnit.MINUTES.toMillis(1);

    private final LogReader log;
    private final EngineSettings settings;
    private final Progress progress;

    public LoginSample(LogReader log, EngineSettings settings, Progress progress) {
        this.log = log;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param logins of the app in the time of its letters, accepted ones; an estimate unless {@code isWhole}
     * @param read records that were looked at
     * @param isWhole whether these were all
     */
    public record Logins(long logins, long read, boolean isWhole) {}

    private record Stretch(TopicPartition partition, long from, long end) {
        long length() {
            return end - from;
        }
    }

    /** The accepted logins of a group's app, from a group's first letter to its last. */
    public Logins of(Group group) {
        List<Stretch> stretches = stretches(group);
        long total = stretches.stream().mapToLong(Stretch::length).sum();
        boolean isWhole = total <= MOST_RECORDS;
        Counting counting = new Counting(group);
        long offsets = 0;
        for (Stretch stretch : stretches) {
            for (Stretch piece : isWhole ? List.of(stretch) : pieces(stretch, total)) {
                log.read(piece.partition, piece.from, piece.end, record -> {
                    counting.take(record.value());
                    return true;
                });
                offsets += piece.length();
                progress.at(piece.partition.topic(), offsets, Math.min(total, MOST_RECORDS));
            }
        }
        // Marks of transactions have offsets too: what is between the records of the pieces is between all others.
        long logins = offsets == 0 ? 0 : Math.round((double) counting.ofTheApp * total / offsets);
        return new Logins(logins, counting.read, isWhole);
    }

    private List<Stretch> stretches(Group group) {
        String topic = settings.topics().processed();
        long endMs = Math.max(group.lastMs() + 1, group.firstMs() + SHORTEST_SPAN_MS);
        List<Stretch> stretches = new ArrayList<>();
        int partitions = log.topic(topic).partitions();
        for (int i = 0; i < partitions; i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            long from = log.offsetAt(partition, group.firstMs());
            long end = Math.min(log.stableEnd(partition), log.offsetAt(partition, endMs));
            if (from < end) {
                stretches.add(new Stretch(partition, from, end));
            }
        }
        return stretches;
    }

    private static List<Stretch> pieces(Stretch stretch, long total) {
        long length = Math.max(1, MOST_RECORDS * stretch.length() / total / PIECES);
        List<Stretch> pieces = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            long from = stretch.from + stretch.length() * i / PIECES;
            pieces.add(new Stretch(stretch.partition, from, Math.min(stretch.end, from + length)));
        }
        return pieces;
    }

    private final class Counting {
        private final Group group;
        private long read;
        private long ofTheApp;

        Counting(Group group) {
            this.group = group;
        }

        void take(byte[] login) {
            read++;
            Glimpse glimpse = Glimpse.of(login, settings.judge().fieldNames());
            if (group.version().equals(glimpse.appVersion()) && group.platform() == glimpse.platform()) {
                ofTheApp++;
            }
        }
    }
}
