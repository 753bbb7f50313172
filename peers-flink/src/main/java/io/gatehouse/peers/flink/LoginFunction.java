package io.gatehouse.peers.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.peers.job.Login;
import io.gatehouse.peers.job.LoginJob;
import io.gatehouse.peers.job.Outcome;
import io.gatehouse.peers.job.Places;
import io.gatehouse.peers.job.Profiles;
import io.gatehouse.peers.job.Refusal;
import io.gatehouse.peers.job.UserProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.kafka.shaded.org.apache.kafka.common.header.Headers;
import org.apache.flink.kafka.shaded.org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Does the job for the records of some users. */
final class LoginFunction extends KeyedProcessFunction<String, InputRecord, OutputRecord> {
    /** All instances of the function in this process look into one file. */
    private static final Map<String, Places> OPEN_PLACES = new ConcurrentHashMap<>();

    private final String placesFile;
    private final String topic;
    private transient LoginJob job;
    private transient Profiles profiles;

    LoginFunction(String placesFile, String topic) {
        this.placesFile = placesFile;
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        job = new LoginJob(OPEN_PLACES.computeIfAbsent(placesFile, LoginFunction::openPlaces), topic);
        profiles = new StateProfiles(
                getRuntimeContext().getState(new ValueStateDescriptor<>("profile", new ProfileSerializer())));
    }

    private static Places openPlaces(String file) {
        try {
            return Places.open(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the file of places cannot be opened", e);
        }
    }

    @Override
    public void processElement(InputRecord record, Context context, Collector<OutputRecord> out) {
        Outcome outcome = job.process(
                record.value(),
                record.timestampMs(),
                record.partition(),
                record.offset(),
                System.currentTimeMillis(),
                profiles);
        if (outcome instanceof Outcome.Processed processed) {
            out.collect(new OutputRecord(false, processed.key(), processed.value(), record.headers()));
        } else {
            out.collect(new OutputRecord(true, record.key(), record.value(), headers(record, (Refusal) outcome)));
        }
    }

    private static Headers headers(InputRecord record, Refusal refusal) {
        Headers headers = new RecordHeaders(record.headers());
        headers.add(Refusal.REASON_HEADER, refusal.reason().getBytes(UTF_8));
        if (refusal.field() != null) {
            headers.add(Refusal.FIELD_HEADER, refusal.field().getBytes(UTF_8));
        }
        return headers;
    }

    /** Flink knows by itself whose record is in hand. */
    private record StateProfiles(ValueState<UserProfile> state) implements Profiles {
        @Override
        public UserProfile get(Login login) {
            try {
                return state.value();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void put(Login login, UserProfile profile) {
            try {
                state.update(profile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
