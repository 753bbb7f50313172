package io.gatehouse.lab.fuzz;

import java.util.List;

/** Says what becomes of records. */
@FunctionalInterface
interface Judge {
    /**
     * One record of a partition.
     *
     * @param value not null
     * @param timestampMs the record's own, epoch milliseconds; negative when it has none
     */
    record Input(byte[] value, long timestampMs) {}

    /**
     * What becomes of it: the key and value of the processed event, or why there is none.
     *
     * @param reason null for a processed event
     * @param field null for a processed event, and for a fault of the whole
     * @param key null for a dead letter
     * @param value null for a dead letter
     */
    record Outcome(String reason, String field, String key, String value) {}

    /** What becomes of the records of a partition in which nothing came before. */
    List<Outcome> judge(List<Input> records);
}
