package io.gatehouse.engine.worker;

import io.gatehouse.engine.state.DamagedJournalException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in words what went wrong and what to do about it. */
public final class Trouble {
    /** What to do when offsets and state no longer belong together. */
    static final String START_AFRESH =
            "To start afresh, stop all instances and run 'gatehouse reset', which moves offsets and memory together.";

    private Trouble() {}

    /** What an exception means, in a sentence. */
    public static String describe(Throwable failure) {
        String detail = failure.getMessage();
        if (failure instanceof Refusal) {
            return detail;
        }
        if (failure instanceof DamagedJournalException) {
            return "the state topic cannot be read: " + detail;
        }
        if (failure instanceof SendFailedException refused) {
            return describeSend(refused);
        }
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "a topic does not exist (" + detail + "): create the topics with 'gatehouse topics create'";
        }
        if (failure instanceof AuthorizationException) {
            return "not authorised (" + detail + "): grant this client what 'docs/operating.md' lists";
        }
        if (failure instanceof AuthenticationException) {
            return "the broker does not accept this client's credentials (" + detail
                    + "): check kafka.security.* and kafka.sasl.*";
        }
        if (failure instanceof UnsupportedVersionException) {
            return "the broker is too old for a setting in use (" + detail
                    + "): with brokers before 4.0 set kafka.consumer.group.protocol=classic";
        }
        if (failure instanceof InvalidOffsetException) {
            return "the records to read next are not in the topic (" + detail
                    + "): retention deleted them before they were processed, or the topic lost its end. "
                    + START_AFRESH;
        }
        if (failure instanceof CommitFailedException) {
            return "the group moves its partitions too often for a commit to come through (" + detail + ")";
        }
        if (failure.getCause() instanceof ConfigException reason) {
            // Clients report what is wrong with a setting as a failure to be made.
            return describe(reason);
        }
        if (failure instanceof ConfigException) {
            return "the Kafka settings make no client (" + detail + ")";
        }
        if (failure instanceof TimeoutException) {
            return "the broker does not answer (" + detail + "): is kafka.bootstrap.servers right, and the broker up?";
        }
        return failure.getClass().getSimpleName() + ": " + detail;
    }

    private static String describeSend(SendFailedException refused) {
        Throwable cause = refused.getCause();
        if (cause instanceof RecordTooLargeException) {
            return "topic " + refused.topic() + " does not take a record of this size (" + cause.getMessage()
                    + "): raise its max.message.bytes; 'gatehouse topics check' says to what";
        }
        return refused.getMessage() + " (" + describe(cause) + ")";
    }
}
