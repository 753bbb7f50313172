package io.gatehouse.engine.explain;

import io.gatehouse.core.profile.Remembered;
import io.gatehouse.core.tally.ImageFormat;
import io.gatehouse.engine.lookup.LogReader;
import io.gatehouse.engine.lookup.Progress;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.FreshStart;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks for the last image of one user in a partition's journal, from its end backwards: most users who are asked about
 * have been seen lately. What is found first that way is the truth, and nothing before it is read.
 */
final class JournalSearch {
    /** The blocks that are read first; then twice as many, and so on. */
    private static final long FIRST_WINDOW = 64;

    private final LogReader reader;
    private final Progress progress;
    private byte[] image;
    private int imageVersion;
    private JournalHeader lastHeader;

    JournalSearch(LogReader reader, Progress progress) {
        this.reader = reader;
        this.progress = progress;
    }

    /** The user's last image; null when there is none. */
    byte[] image() {
        return image;
    }

    /** The version of the image's format. */
    int imageVersion() {
        return imageVersion;
    }

    /** The journal's last header; null when it is empty. */
    JournalHeader lastHeader() {
        return lastHeader;
    }

    /** @throws io.gatehouse.engine.state.DamagedJournalException when a block is not whole */
    void run(TopicPartition state, byte[] userId) {
        long start = reader.start(state);
        long end = reader.end(state);
        long to = end;
        long window = FIRST_WINDOW;
        boolean ended = false;
        while (to > start && image == null && !ended) {
            long from = Math.max(start, to - window);
            List<ConsumerRecord<byte[], byte[]>> blocks = new ArrayList<>();
            reader.read(state, from, to, block -> {
                blocks.add(block);
                return true;
            });
            ended = take(blocks, userId);
            to = from;
            window *= 2;
            progress.at(state.topic(), end - to, end - start);
        }
    }

    /** @return whether what lies before is void */
    private boolean take(List<ConsumerRecord<byte[], byte[]>> blocks, byte[] userId) {
        boolean isVoidBefore = false;
        JournalHeader header = null;
        for (ConsumerRecord<byte[], byte[]> block : blocks) {
            if (FreshStart.is(block.value())) {
                image = null;
                isVoidBefore = true;
            } else if (!ChoiceRecord.isChoice(block.value())) {
                header = JournalReader.images(block.value(), (candidate, version) -> take(candidate, version, userId));
            }
        }
        if (lastHeader == null) {
            lastHeader = header;
        }
        return isVoidBefore;
    }

    private void take(ByteBuffer candidate, int version, byte[] userId) {
        if (!ImageFormat.isStatistics(candidate) && Remembered.isOf(userId, candidate, version)) {
            image = new byte[candidate.remaining()];
            candidate.duplicate().get(image);
            imageVersion = version;
        }
    }
}
