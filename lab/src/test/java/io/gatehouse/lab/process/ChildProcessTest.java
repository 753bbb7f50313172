package io.gatehouse.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> LONG = List.of("sleep", "1000");

    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void nameLog() {
        log = directory.resolve("log");
    }

    @Test
    void itsOutputAndEnvironmentAreThoseOfItsPresentLife() throws Exception {
        try (ChildProcess child = new ChildProcess("child", log)) {
            List<String> printing = List.of("sh", "-c", "echo ${WORD:-nothing}");
            child.start(printing);
            assertThat(child.awaitEnd(PATIENCE)).isTrue();
            child.environment(Map.of("WORD", "something"));
            child.start(printing);
            assertThat(child.awaitEnd(PATIENCE)).isTrue();
            assertThat(log).hasContent("nothing\nsomething");
        }
    }

    @Test
    void oneThatIsPausedLivesDoesNothingAndCanBeResumed() throws Exception {
        try (ChildProcess child = new ChildProcess("child", log)) {
            child.start(List.of("sh", "-c", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done"));
            Awaitility.await().until(() -> Files.readString(log).contains("ready"));
            child.pause();
            assertThat(child.terminate(Duration.ofMillis(300))).isFalse();
            assertThat(child.isAlive()).isTrue();
            child.resume();
            assertThat(child.awaitEnd(PATIENCE)).isTrue();
            assertThat(child.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void oneThatIsPausedCanBeKilledAndThenTakesNoSignal() throws Exception {
        try (ChildProcess child = new ChildProcess("child 1", log)) {
            child.start(LONG);
            child.pause();
            child.kill();
            assertThat(child.isAlive()).isFalse();
            assertThatThrownBy(child::resume)
                    .isInstanceOf(ProcessException.class)
                    .hasMessageContaining("child 1")
                    .hasMessageContaining("has ended");
        }
    }

    @Test
    void oneLifeAtATime() {
        try (ChildProcess child = new ChildProcess("child", log)) {
            child.start(LONG);
            assertThatThrownBy(() -> child.start(LONG)).hasMessage("child is running");
        }
    }

    @Test
    void evenAPausedOneEndsWithAParentThatIsKilled() throws Exception {
        try (ChildProcess parent = new ChildProcess("parent", log)) {
            parent.start(ChildProcess.java(
                    List.of(), Parent.class, directory.resolve("grandchild.log").toString()));
            Awaitility.await().atMost(PATIENCE).until(() -> Files.readString(log)
                    .endsWith("\n"));
            ProcessHandle grandchild = ProcessHandle.of(
                            Long.parseLong(Files.readString(log).strip()))
                    .orElseThrow();
            assertThat(grandchild.isAlive()).isTrue();
            parent.kill();
            Awaitility.await().atMost(PATIENCE).until(() -> !grandchild.isAlive());
        }
    }

    /** Starts a child, pauses it, prints its process id, and waits to be killed. */
    static final class Parent {
        public static void main(String[] log) throws InterruptedException {
            ChildProcess child = new ChildProcess("grandchild", Path.of(log[0]));
            child.start(LONG);
            child.pause();
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }
}
