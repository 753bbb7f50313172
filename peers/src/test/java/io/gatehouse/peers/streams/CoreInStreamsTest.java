package io.gatehouse.peers.streams;

import io.gatehouse.peers.trial.LiveTrial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CoreInStreamsTest {
    @Test
    void everyLoginComesOutOnceAsTheReferenceSaysAlsoAfterARestart(@TempDir Path directory) throws Exception {
        try (LiveTrial trial = LiveTrial.start(directory)) {
            for (int part = 0; part < 2; part++) {
                trial.send(1_500);
                trial.run(CoreInStreams.class);
            }
            trial.assertResults();
        }
    }
}
