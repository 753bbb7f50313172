package io.gatehouse.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.lab.bench.PlacesAsMmdb;
import io.gatehouse.lab.bench.PythonPeer;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.reference.CheckReport;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.TablePlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The contestant in Python on a real broker, held against the contract; where its Python is installed. */
@Timeout(120)
class PythonPeerTest {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    @TempDir
    private static Path directory;

    private static Path places;

    @BeforeAll
    static void writePlaces() throws Exception {
        assumeTrue(PythonPeer.isRunnable(), "there is no Python with the packages of the contestant");
        byte[] table = new byte[GeoDatabase.builtInFile().remaining()];
        GeoDatabase.builtInFile().get(table);
        places = directory.resolve("places.mmdb");
        PlacesAsMmdb.write(new TablePlaces(table), places);
    }

    @Test
    void whatItMakesOfLoginsAndOfFaultsIsWhatTheContractSays() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "python").createTopics();
                ChildProcess peer = new ChildProcess("peer", directory.resolve("peer.log"))) {
            peer.start(command(pipeline));
            try (GeneratorRun run = pipeline.generate(1, 0.1, 0)) {
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            CheckReport report = check(pipeline);
            assertThat(report.differences()).isEmpty();
            assertThat(report.agreed()).isEqualTo(LivePipeline.EVENTS);
            assertThat(peer.terminate(STOP_WITHIN)).isTrue();
            assertThat(peer.exitCode()).isZero();
            assertThat(peer.log()).isEmptyFile();
        }
    }

    @Test
    void twoShareTheWorkAndOneTakesOverWithAllMemory() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "pythons").createTopics();
                ChildProcess first = new ChildProcess("first", directory.resolve("first.log"));
                ChildProcess second = new ChildProcess("second", directory.resolve("second.log"))) {
            first.start(command(pipeline));
            try (GeneratorRun run = pipeline.generate(2, 0.05, 500)) {
                LivePipeline.awaitSent(run, LivePipeline.EVENTS / 3);
                second.start(command(pipeline));
                LivePipeline.awaitSent(run, LivePipeline.EVENTS * 2 / 3);
                assertThat(first.terminate(STOP_WITHIN)).isTrue();
                assertThat(run.await(LivePipeline.WAIT)).isTrue();
            }
            // At least once: what was not yet committed comes again.
            assertThat(check(pipeline).counts().keySet())
                    .isSubsetOf(Set.of(CheckReport.Kind.REPEATED, CheckReport.Kind.ORDER));
        }
    }

    private static List<String> command(LivePipeline pipeline) throws IOException {
        return PythonPeer.command(
                directory,
                Map.of(
                        "bootstrap.servers", BROKER.bootstrap(),
                        "application", pipeline.settings(LivePipeline.WAIT).applicationId(),
                        "input", pipeline.input(),
                        "processed", pipeline.processed(),
                        "dead-letters", pipeline.deadLetters(),
                        "places", places.toString()));
    }

    private static CheckReport check(LivePipeline pipeline) {
        return LivePipeline.check(
                        pipeline.settings(LivePipeline.WAIT).with(CheckSettings.Published.NOTHING, Settings.DEFAULTS))
                .against();
    }
}
