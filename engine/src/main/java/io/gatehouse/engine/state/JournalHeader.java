package io.gatehouse.engine.state;

import io.gatehouse.core.JudgeSettings;

/**
 * What a commit says about a partition besides its users' images.
 *
 * @param nextOffset the input offset that the same transaction commits
 * @param topicIdHigh the input topic's id, most significant half: a recreated topic has another
 * @param topicIdLow its least significant half
 * @param partitionCount how many partitions the input had: adding one moves users
 * @param partitioning how users find their partition: {@link #KEYED} or {@link #REKEYED}
 * @param eventTimeMs the partition's event time, epoch milliseconds; {@link Long#MIN_VALUE} before the first login
 * @param settingsFingerprint tells whether the settings that a judgement rests on have changed since
 */
public record JournalHeader(
        long nextOffset,
        long topicIdHigh,
        long topicIdLow,
        int partitionCount,
        byte partitioning,
        long eventTimeMs,
        long settingsFingerprint) {
    /** The producer keys by {@code user_id} with Kafka's default partitioner. */
    public static final byte KEYED = 1;

    /** A stage of Gatehouse's own has taken each login to its user's partition. */
    public static final byte REKEYED = 2;

    /** The fingerprint of the settings that remembered sessions rest on. */
    public static long fingerprintOf(JudgeSettings settings) {
        return settings.sessionGapMs() * 31 + settings.retentionMs();
    }
}
