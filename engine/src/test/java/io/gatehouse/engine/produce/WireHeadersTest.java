package io.gatehouse.engine.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireHeadersTest {
    private static final byte[] FOREIGN = "gatehouse.".getBytes(UTF_8);

    private static final Header SEQ = header("seq", "17");
    private static final Header SEQ_AGAIN = header("seq", "18");
    private static final Header WITHOUT_VALUE = new RecordHeader("nöthing", null);
    private static final Header SHORTER = header("gatehouse", "x");

    @Test
    void tellWhatTheyAreToWhoeverLooks() {
        WireHeaders headers = WireHeaders.of(read(SEQ, WITHOUT_VALUE, SEQ_AGAIN, SHORTER), FOREIGN);

        assertThat(headers).containsExactly(SEQ, WITHOUT_VALUE, SEQ_AGAIN, SHORTER);
        assertThat(headers.toArray()).containsExactly(SEQ, WITHOUT_VALUE, SEQ_AGAIN, SHORTER);
        assertThat(headers.headers("seq")).containsExactly(SEQ, SEQ_AGAIN);
        assertThat(headers.lastHeader("seq")).isEqualTo(SEQ_AGAIN);
        assertThat(headers.lastHeader("nobody")).isNull();
        assertThat(headers.toString()).contains("seq", "nöthing");
    }

    @Test
    void cannotBeChanged() {
        WireHeaders headers = WireHeaders.of(read(SEQ), FOREIGN);

        assertThatThrownBy(() -> headers.add(SEQ)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> headers.add("a", null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> headers.remove("seq")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void areNotTakenAsTheyStandWhereThereIsAForeignOne() {
        assertThat(WireHeaders.of(read(SEQ, header("gatehouse.reason", "any"), SEQ_AGAIN), FOREIGN))
                .isNull();
        assertThat(WireHeaders.of(read(header("gatehouse.", "any")), FOREIGN)).isNull();
    }

    @Test
    void areNotLookedForWhereThereAreNone() {
        assertThat(WireHeaders.of(read(), FOREIGN)).isNull();
    }

    /** As in a consumer that hands out values of their own. */
    @Test
    void areNotFoundWhereTheyDoNotFollowTheValue() {
        byte[] value = "value".getBytes(UTF_8);

        assertThat(WireHeaders.of(record(ByteBuffer.wrap(value), SEQ), FOREIGN)).isNull();
        assertThat(WireHeaders.of(record(ByteBuffer.wrap(value).asReadOnlyBuffer(), SEQ), FOREIGN))
                .isNull();
        assertThat(WireHeaders.of(record(null, SEQ), FOREIGN)).isNull();
        ByteBuffer withinOther =
                ByteBuffer.wrap("value and something else".getBytes(UTF_8)).limit(5);
        assertThat(WireHeaders.of(record(withinOther, SEQ), FOREIGN)).isNull();
    }

    /** Numbers are as Kafka writes them: a sign is the lowest bit, so 1 is -1 and 2 is 1. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "0201", "0203", "020003", "021461", "0202", "020261", "020a61"})
    void areNotTakenForHeadersWhereTheyCannotBe(String behind) {
        byte[] value = HexFormat.of().parseHex("61" + behind);

        assertThat(WireHeaders.of(record(ByteBuffer.wrap(value).limit(1), SEQ), FOREIGN))
                .isNull();
    }

    /** A record as Kafka's consumer reads it. */
    private static ConsumerRecord<byte[], ByteBuffer> read(Header... headers) {
        MemoryRecords records = MemoryRecords.withRecords(
                Compression.NONE,
                new SimpleRecord(0, "key".getBytes(UTF_8), "value".getBytes(UTF_8), headers),
                new SimpleRecord(0, "key".getBytes(UTF_8), "another".getBytes(UTF_8), new Header[] {SEQ}));
        Record read = records.records().iterator().next();
        return record(read.value(), read.headers());
    }

    private static ConsumerRecord<byte[], ByteBuffer> record(ByteBuffer value, Header... headers) {
        return new ConsumerRecord<>(
                "any",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
