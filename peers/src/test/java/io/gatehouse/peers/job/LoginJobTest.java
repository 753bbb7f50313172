package io.gatehouse.peers.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.lab.generate.GeneratedRecord;
import io.gatehouse.lab.generate.LoginStream;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.peers.trial.ProcessedEvent;
import io.gatehouse.peers.trial.TrialPlaces;
import io.gatehouse.reference.CaseBook;
import io.gatehouse.reference.LoginCase;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginJobTest {
    private static final String TOPIC = "user-login";
    private static final int PARTITION = 3;
    private static final int RECORDS = 20_000;
    private static final long NOW_MS = 1_800_000_000_123L;
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final CaseBook BOOK = CaseBook.read(Path.of("..", "cases"));

    private static Places places;

    @BeforeAll
    static void openPlaces(@TempDir Path directory) throws Exception {
        places = Places.open(TrialPlaces.write(directory.resolve("places.mmdb")));
    }

    /** Keeps the bytes of profiles alone, as a store on a disk does. */
    private static final class StoredBytes implements Profiles {
        private final Map<String, byte[]> bytes = new HashMap<>();

        @Override
        public UserProfile get(Login login) {
            byte[] stored = bytes.get(login.userId());
            return stored == null
                    ? null
                    : UserProfile.read(ByteBuffer.wrap(stored)).copy();
        }

        @Override
        public void put(Login login, UserProfile profile) {
            ByteBuffer stored = ByteBuffer.allocate(profile.sizeBytes());
            profile.write(stored);
            assertThat(stored.hasRemaining()).isFalse();
            bytes.put(login.userId(), stored.array());
        }
    }

    /** The longer steps take users beyond the time after which they are forgotten. */
    @ParameterizedTest(name = "seed {0}, a login each {1} s")
    @CsvSource({"1, 30", "2, 600", "3, 3600"})
    void everyRecordBecomesWhatTheReferenceSays(long seed, int stepSeconds) throws Exception {
        LoginStream logins =
                new LoginStream(StreamSettings.realistic(seed, START, Duration.ofSeconds(stepSeconds), 300, 0.1));
        ReferenceJudge reference = new ReferenceJudge(new TrialPlaces(), Settings.DEFAULTS);
        LoginJob job = new LoginJob(places, TOPIC);
        Profiles profiles = new StoredBytes();
        for (int offset = 0; offset < RECORDS; offset++) {
            GeneratedRecord record = logins.next();
            Verdict expected = reference.judge(record.value(), NOW_MS, TOPIC, PARTITION, offset);
            Outcome outcome = job.process(record.value(), NOW_MS, PARTITION, offset, NOW_MS, profiles);
            if (expected instanceof Verdict.Accepted accepted) {
                assertThat(outcome).as("offset %d", offset).isInstanceOf(Outcome.Processed.class);
                Outcome.Processed processed = (Outcome.Processed) outcome;
                new ProcessedEvent(processed.key(), processed.value()).assertIs(accepted);
            } else {
                Verdict.Refused refused = (Verdict.Refused) expected;
                assertThat(outcome).as("offset %d", offset).isEqualTo(new Refusal(refused.reason(), refused.field()));
            }
        }
    }

    /** Those that need neither other settings nor other places. */
    @TestFactory
    Stream<DynamicTest> everyCaseHolds() {
        return BOOK.cases().stream()
                .filter(login -> login.settings().equals(Settings.DEFAULTS))
                .filter(login -> !login.file().equals("geo.json"))
                .flatMap(login -> Stream.concat(Stream.of(login), login.respelled().stream()))
                .map(login -> DynamicTest.dynamicTest(login.toString(), () -> run(login)));
    }

    private static void run(LoginCase login) {
        LoginJob job = new LoginJob(places, CaseBook.TOPIC);
        Profiles profiles = new StoredBytes();
        for (int offset = 0; offset < login.events().size(); offset++) {
            LoginCase.Event event = login.events().get(offset);
            Outcome outcome = job.process(
                    event.value(), event.recordTimestampMs(), 0, offset, CaseBook.PROCESSED_AT_MS, profiles);
            assertThat(differences(login, offset, outcome))
                    .as("event %d of %s", offset, login)
                    .isEmpty();
        }
    }

    private static List<String> differences(LoginCase login, int index, Outcome outcome) {
        if (outcome instanceof Outcome.Processed processed) {
            return login.expectations().get(index).differencesFromAccepted(processed.key(), processed.value());
        }
        Refusal refusal = (Refusal) outcome;
        return login.expectations().get(index).differencesFromRefused(refusal.reason(), refusal.field());
    }
}
