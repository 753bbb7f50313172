package io.gatehouse.lab.compare;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.Version;
import io.gatehouse.lab.bench.Machine;
import io.gatehouse.lab.kill.KillReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What every report begins with.
 *
 * @param commit of the source tree as the run began: the report itself may lie in that tree and change it
 * @param disk what kind of file system the broker's data lie on: {@code tmpfs} is memory
 */
record Stamp(String commit, Instant begun, String disk) {
    /** Of a run that begins now. */
    static Stamp now(Path dataDirectory) throws IOException {
        return new Stamp(KillReport.commit(), Instant.now(), Machine.describeDisk(dataDirectory));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("version", Version.current());
        json.writeStringField("commit", commit);
        json.writeStringField("begun", begun.toString());
        json.writeStringField("java", System.getProperty("java.version"));
        json.writeStringField("machine", Machine.describe());
        json.writeStringField("kafka", AppInfoParser.getVersion());
        json.writeStringField("data", disk);
    }

    /** The first lines of a page, but for what is particular to the run. */
    List<String> head(String command, String particulars) {
        return List.of(
                "# What came of a run of `gatehouse lab bench " + command + "`",
                "",
                "Written by the run itself.",
                "",
                "Commit `" + commit + "`, begun " + begun.truncatedTo(ChronoUnit.SECONDS) + ", Java "
                        + System.getProperty("java.version") + ", Kafka " + AppInfoParser.getVersion() + ", on "
                        + Machine.describe() + ", the broker's data on " + disk + "." + particulars,
                "");
    }
}
