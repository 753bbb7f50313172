package io.gatehouse.peers.streams;

import io.gatehouse.peers.trial.LiveTrial;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamsPeerTest {
    @ParameterizedTest
    @ValueSource(strings = {"store=memory", "store=rocksdb cache.mb=10"})
    void everyLoginComesOutOnceAsTheReferenceSaysAlsoAfterARestart(String knobs, @TempDir Path directory)
            throws Exception {
        try (LiveTrial trial = LiveTrial.start(directory)) {
            for (int part = 0; part < 2; part++) {
                trial.send(1_500);
                trial.run(StreamsPeer.class, knobs.split(" "));
            }
            trial.assertResults();
        }
    }
}
