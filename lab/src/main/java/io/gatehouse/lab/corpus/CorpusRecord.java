package io.gatehouse.lab.corpus;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;

/**
 * One record of the corpus.
 *
 * @param name what is odd about it; once in its family
 * @param key may be null
 * @param value may be null
 * @param timestampMs the record's own Kafka timestamp, epoch milliseconds; -1 for none
 */
record CorpusRecord(
        Family family,
        String name,
        byte[] key,
        byte[] value,
        List<Header> headers,
        long timestampMs,
        Expectation expected) {

    CorpusRecord named(String other) {
        return new CorpusRecord(family, other, key, value, headers, timestampMs, expected);
    }

    CorpusRecord withKey(byte[] other) {
        return new CorpusRecord(family, name, other, value, headers, timestampMs, expected);
    }

    CorpusRecord withValue(byte[] other) {
        return new CorpusRecord(family, name, key, other, headers, timestampMs, expected);
    }

    CorpusRecord withHeaders(List<Header> others) {
        return new CorpusRecord(family, name, key, value, others, timestampMs, expected);
    }

    CorpusRecord withTimestamp(long otherMs) {
        return new CorpusRecord(family, name, key, value, headers, otherMs, expected);
    }

    /** With the headers that tell its place in the run and what must become of it. */
    CorpusRecord stamped(int seq) {
        return withHeaders(Stream.concat(headers.stream(), Stamp.of(seq, expected).stream())
                .toList());
    }

    /** Kafka itself must refuse it. */
    boolean isNotTaken() {
        return expected == Expectation.NOT_TAKEN;
    }

    /**
     * Whether it moves its partition's event time, or the windows of its dead letters, beyond those of the other records,
     * so that what comes behind it is late.
     */
    boolean isAhead() {
        return timestampMs > Entries.RECORD_MS + 300_000 || timestampMs < 0 && expected.isAccepted();
    }
}
