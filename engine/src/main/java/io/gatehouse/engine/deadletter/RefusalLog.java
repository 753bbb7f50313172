package io.gatehouse.engine.deadletter;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refused events: reason, field and where they lie, never what is in them, and no more than a few a second. */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.deadletter");
    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int LINES_A_WINDOW = 5;

    private long windowStartNs;
    private int lines;
    private long unsaid;

    /** One refused event. */
    public void refused(String topic, int partition, long offset, Reason reason, Field field, long nowNs) {
        if (nowNs - windowStartNs >= WINDOW_NS) {
            windowStartNs = nowNs;
            lines = 0;
        }
        if (lines >= LINES_A_WINDOW) {
            unsaid++;
            return;
        }
        lines++;
        LOG.atWarn()
                .addKeyValue("gatehouse.reason", reason.label())
                .addKeyValue("gatehouse.field", field == null ? "" : field.label())
                .addKeyValue("gatehouse.source", topic + "/" + partition + "/" + offset)
                .log(
                        "refused {}/{}/{}: {}{}{}",
                        topic,
                        partition,
                        offset,
                        reason.label(),
                        field == null ? "" : " " + field.label(),
                        unsaid == 0 ? "" : " (and " + unsaid + " more since the last line)");
        unsaid = 0;
    }
}
