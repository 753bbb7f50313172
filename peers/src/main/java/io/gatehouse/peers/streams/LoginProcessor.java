package io.gatehouse.peers.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.peers.job.Login;
import io.gatehouse.peers.job.LoginJob;
import io.gatehouse.peers.job.Outcome;
import io.gatehouse.peers.job.Places;
import io.gatehouse.peers.job.Profiles;
import io.gatehouse.peers.job.Refusal;
import io.gatehouse.peers.job.UserProfile;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Does the job for the records of one partition. */
final class LoginProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final LoginJob job;
    private ProcessorContext<byte[], byte[]> context;
    private Profiles profiles;

    LoginProcessor(Places places, String topic) {
        this.job = new LoginJob(places, topic);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> ofTask) {
        context = ofTask;
        profiles = new StoredProfiles(context.getStateStore(StreamsPeer.PROFILES));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata().orElseThrow();
        long nowMs = context.currentSystemTimeMs();
        Outcome outcome =
                job.process(record.value(), record.timestamp(), source.partition(), source.offset(), nowMs, profiles);
        if (outcome instanceof Outcome.Processed processed) {
            context.forward(
                    new Record<>(processed.key(), processed.value(), nowMs, record.headers()), StreamsPeer.PROCESSED);
        } else {
            context.forward(deadLetter(record, (Refusal) outcome, nowMs), StreamsPeer.DEAD_LETTERS);
        }
    }

    static Record<byte[], byte[]> deadLetter(Record<byte[], byte[]> record, Refusal refusal, long nowMs) {
        Record<byte[], byte[]> letter = record.withTimestamp(nowMs);
        letter.headers().add(Refusal.REASON_HEADER, refusal.reason().getBytes(UTF_8));
        if (refusal.field() != null) {
            letter.headers().add(Refusal.FIELD_HEADER, refusal.field().getBytes(UTF_8));
        }
        return letter;
    }

    private record StoredProfiles(KeyValueStore<byte[], UserProfile> store) implements Profiles {
        @Override
        public UserProfile get(Login login) {
            return store.get(login.key());
        }

        @Override
        public void put(Login login, UserProfile profile) {
            store.put(login.key(), profile);
        }
    }
}
