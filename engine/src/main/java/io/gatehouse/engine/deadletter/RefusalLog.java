package io.gatehouse.engine.deadletter;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refused events: reason, field and where they lie, never what is in them, and no more than a few a second. */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.deadletter");
    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int LINES_A_WINDOW = 5;

    private final FramedValues framed = new FramedValues();
    private long windowStartNs;
    private int lines;
    private long unsaid;

    /**
     * One refused event.
     *
     * @param field null for a fault of the whole
     */
    public void refused(ConsumerRecord<byte[], byte[]> record, Reason reason, Field field, long nowNs) {
        hint(record, reason, nowNs);
        if (nowNs - windowStartNs >= WINDOW_NS) {
            windowStartNs = nowNs;
            lines = 0;
        }
        if (lines >= LINES_A_WINDOW) {
            unsaid++;
            return;
        }
        lines++;
        String source = record.topic() + "/" + record.partition() + "/" + record.offset();
        LOG.atWarn()
                .addKeyValue("gatehouse.reason", reason.label())
                .addKeyValue("gatehouse.field", field == null ? "" : field.label())
                .addKeyValue("gatehouse.source", source)
                .log(
                        "refused {}: {}{}{}",
                        source,
                        reason.label(),
                        field == null ? "" : " " + field.label(),
                        unsaid == 0 ? "" : " (and " + unsaid + " more since the last line)");
        unsaid = 0;
    }

    private void hint(ConsumerRecord<byte[], byte[]> record, Reason reason, long nowNs) {
        if (framed.isHintDue(record.value(), reason, nowNs)) {
            LOG.warn(
                    "values of {} look framed by a schema registry (a zero byte and a schema's number before the content),"
                            + " and are refused: Gatehouse reads plain JSON. Let the producer use a plain JSON serializer;"
                            + " in Kafka Connect, org.apache.kafka.connect.json.JsonConverter with"
                            + " value.converter.schemas.enable=false",
                    record.topic());
        }
    }
}
