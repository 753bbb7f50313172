package io.gatehouse.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
class CorpusCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    /** Where other tests run beside it nothing can be said of one second: deploy/test/offline asks for that. */
    @Test
    void everyRecordComesOutOnceAsItWasMadeToAndTheGoodLoginsBehindThemToo() throws Exception {
        int exitCode = execute("--logs", directory.toString(), "--rate", "2500", "--within", "10s");
        assertThat(exitCode).as(() -> out + "\n" + err).isZero();
        assertThat(out.toString()).contains("good logins, one behind each").endsWith("Content.\n");
    }

    @Test
    void theRecordsCanBeLookedAt() throws Exception {
        assertThat(execute("--out", directory.toString())).as(err::toString).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(Family.values().length);
        }
        List<String> addresses = Files.readAllLines(directory.resolve("addresses.jsonl"));
        assertThat(addresses).anyMatch(line -> line.contains("fe80::1%eth0") && line.contains("invalid_ip ip"));
    }

    @Test
    void aRateThatIsNoneIsToldSo() {
        assertThat(execute("--rate", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rate must be positive");
    }

    private int execute(String... options) {
        return new CommandLine(new CorpusCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options);
    }
}
