package io.gatehouse.lab.compare;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.Version;
import io.gatehouse.lab.bench.Machine;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What every report begins with.
 *
 * @param commit of the source tree as the run began: the report itself may lie in that tree and change it
 */
record Stamp(String commit, Instant begun) {
    void write(JsonGenerator json) throws IOException {
        json.writeStringField("version", Version.current());
        json.writeStringField("commit", commit);
        json.writeStringField("begun", begun.toString());
        json.writeStringField("java", System.getProperty("java.version"));
        json.writeStringField("machine", Machine.describe());
    }

    /** The first lines of a page, but for what is particular to the run. */
    List<String> head(String command, String particulars) {
        return List.of(
                "# What came of a run of `gatehouse lab bench " + command + "`",
                "",
                "Written by the run itself.",
                "",
                "Commit `" + commit + "`, begun " + begun.truncatedTo(ChronoUnit.SECONDS) + ", Java "
                        + System.getProperty("java.version") + ", on " + Machine.describe() + "." + particulars,
                "");
    }
}
