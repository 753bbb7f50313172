package io.gatehouse.peers.spring;

import io.gatehouse.peers.trial.LiveTrial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpringPeerTest {
    @Test
    void everyLoginComesOutAsTheReferenceSays(@TempDir Path directory) throws Exception {
        try (LiveTrial trial = LiveTrial.start(directory)) {
            trial.send(3_000);
            trial.run(SpringPeer.class);
            trial.assertResults();
        }
    }
}
