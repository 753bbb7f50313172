package io.gatehouse.peers.flink;

import io.gatehouse.peers.trial.LiveTrial;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FlinkPeerTest {
    @ParameterizedTest
    @ValueSource(strings = {"backend=hashmap", "transactions=incrementing unaligned=true"})
    void everyLoginComesOutOnceAsTheReferenceSays(String knobs, @TempDir Path directory) throws Exception {
        try (LiveTrial trial = LiveTrial.start(directory)) {
            trial.send(3_000);
            trial.run(FlinkPeer.class, knobs.split(" "));
            trial.assertResults();
        }
    }
}
