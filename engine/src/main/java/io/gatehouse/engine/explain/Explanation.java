package io.gatehouse.engine.explain;

import io.gatehouse.core.login.Login;
import io.gatehouse.core.profile.Remembered;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * All that there is to say of one input record.
 *
 * @param record the record itself
 * @param login as it is decoded now; a refusal has a reason and no fields
 * @param memory what its user is remembered by now
 * @param today what would be written now; null when it would be a dead letter
 * @param written what was written, a result or a dead letter; null when there is nothing of it any more, or yet
 */
public record Explanation(
        ConsumerRecord<byte[], byte[]> record,
        Login login,
        UserMemory memory,
        byte[] today,
        ConsumerRecord<byte[], byte[]> written) {

    /**
     * What a user is remembered by.
     *
     * @param partition of the state topic; -1 where nothing is remembered of anybody, or the event has no user
     * @param remembered null for a user who is not known
     */
    public record UserMemory(int partition, Remembered remembered) {
        static final UserMemory NONE = new UserMemory(-1, null);
    }
}
