package io.gatehouse.engine.statistics;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the records of the topic of statistics. All calls come from one thread. */
public interface StatisticsReceiver {
    /** Reading begins: for the first time, or anew after trouble, and then everything comes once more. */
    void begin();

    /**
     * One record, committed. Those of a key come in the order in which they were written, but for this: older ones than
     * the recent ones come last, so a record may be followed by one of the same key that it has replaced. Their offsets tell.
     */
    void take(ConsumerRecord<byte[], byte[]> record);

    /** All recent records that there were when reading began have been taken. */
    void recentTaken();

    /** All records that there were when reading began have been taken. */
    void allTaken();

    /**
     * Nothing can be read for now; reading begins anew later.
     *
     * @param reason what stands in the way and what to do about it
     */
    void interrupted(String reason);
}
