package io.gatehouse.engine.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gatehouse.core.login.Reason;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalLogTest {
    private static final byte[] FRAMED = "\0\0\0\0\7{\"user_id\":\"secret\"}".getBytes(ISO_8859_1);

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.gatehouse.deadletter");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final RefusalLog log = new RefusalLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void valuesFramedByASchemaRegistryAreHintedAtOnceAndAgainAfterAWhile() {
        long nowNs = -5;
        for (int second = 0; second < 60; second++) {
            log.refused(record(FRAMED), Reason.MALFORMED_JSON, null, nowNs + TimeUnit.SECONDS.toNanos(second));
        }
        assertThat(hints()).singleElement().asString().contains("user-login", "JsonConverter", "schemas.enable=false");
        log.refused(record(FRAMED), Reason.INVALID_UTF8, null, nowNs + TimeUnit.MINUTES.toNanos(10));
        assertThat(hints()).hasSize(2);
    }

    @Test
    void otherValuesGetNoHint() {
        log.refused(record("not json".getBytes(ISO_8859_1)), Reason.MALFORMED_JSON, null, 0);
        log.refused(record("\0{}".getBytes(ISO_8859_1)), Reason.MALFORMED_JSON, null, 0);
        log.refused(record(null), Reason.EMPTY_VALUE, null, 0);
        log.refused(record(new byte[100_000]), Reason.TOO_LARGE, null, 0);
        assertThat(hints()).isEmpty();
        assertThat(messages()).hasSize(4);
    }

    @Test
    void noLineRepeatsWhatAnEventHolds() {
        log.refused(record(FRAMED), Reason.MALFORMED_JSON, null, 0);
        assertThat(messages()).noneMatch(message -> message.contains("secret"));
    }

    @Test
    void aFewLinesASecondAreWrittenAndTheRestIsCounted() {
        for (int i = 0; i < 12; i++) {
            log.refused(record(new byte[] {'x'}), Reason.MALFORMED_JSON, null, 0);
        }
        log.refused(record(new byte[] {'x'}), Reason.MALFORMED_JSON, null, TimeUnit.SECONDS.toNanos(2));
        assertThat(messages()).hasSize(6).last().asString().contains("7 more since the last line");
    }

    private List<String> hints() {
        return messages().stream()
                .filter(message -> message.contains("schema registry"))
                .toList();
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>("user-login", 0, 7, null, value);
    }
}
