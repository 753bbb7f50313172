package io.gatehouse.lab.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.lab.generate.GeneratorHeaders;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers that tell a record's place in the run and what must become of it; carried to what comes out. */
final class Stamp {
    private static final String RUN = "corpus";

    private Stamp() {}

    /** @param seq from 0 to 999999; all take the same room */
    static List<Header> of(int seq, Expectation expected) {
        return List.of(
                header(GeneratorHeaders.RUN, RUN),
                header(GeneratorHeaders.SEQ, String.format("%06d", seq)),
                header(GeneratorHeaders.OUTCOME, expected.outcome()));
    }

    /** The number of the record that this one came from; -1 when it has none. */
    static int seq(Iterable<Header> headers) {
        int seq = -1;
        for (Header header : headers) {
            if (header.key().equals(GeneratorHeaders.SEQ) && header.value() != null) {
                seq = Integer.parseInt(new String(header.value(), UTF_8));
            }
        }
        return seq;
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(UTF_8));
    }
}
