package io.gatehouse.app;

import io.gatehouse.app.config.GeoSettings;
import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.core.geo.GeoInfo;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableException;
import io.gatehouse.core.geo.GeoTables;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the file at {@code geo.database} now and then, and puts a new table into service, off the workers' threads. A
 * file is read once it has stayed the same from one look to the next, so that one being written is left alone. One that
 * cannot be used leaves the old table in service, and is told of at growing intervals until it is replaced.
 */
final class GeoWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GeoWatch.class);
    private static final long FIRST_REMINDER_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_REMINDER_NS = TimeUnit.HOURS.toNanos(1);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "geo-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final GeoTables tables;
    private volatile GeoStatus status;
    private FileStamp seen;
    /** Of the file that was last read, whether it is in service or could not be used; null where none was read. */
    private FileStamp judged;

    private long nextReminderNs;
    private long reminderNs;

    private GeoWatch(GeoTable first, FileStamp stamp) {
        this.tables = new GeoTables(first);
        this.seen = stamp;
        this.judged = stamp;
        this.status = status(first.info(), 0, 0);
    }

    /**
     * Opens the table and begins to look after it.
     *
     * @throws StartException when there is no usable table and one is required
     */
    static GeoWatch start(GeoSettings settings) {
        GeoWatch watch = open(settings);
        long intervalNs = settings.checkInterval().toNanos();
        if (settings.database().isPresent() && intervalNs > 0) {
            Path file = settings.database().get();
            watch.timer.scheduleWithFixedDelay(
                    () -> watch.look(file, System.nanoTime()), intervalNs, intervalNs, TimeUnit.NANOSECONDS);
        }
        return watch;
    }

    /** The table opened, and nothing looked after yet. */
    static GeoWatch open(GeoSettings settings) {
        // Before the file is read: a change meanwhile is then seen as one.
        FileStamp stamp = settings.database().map(FileStamp::of).orElse(null);
        Places places = Places.open(settings);
        LOG.info("Places: {}", places.description());
        boolean isUsable = places.table() != GeoTable.empty();
        return new GeoWatch(places.table(), isUsable ? stamp : null);
    }

    /** The table in service. */
    GeoTables tables() {
        return tables;
    }

    /** Any thread may ask. */
    GeoStatus status() {
        return status;
    }

    /** Looks at the file once. */
    void look(Path file, long nowNs) {
        FileStamp now = FileStamp.of(file);
        boolean isStable = now.equals(seen);
        seen = now;
        if (isStable && !now.equals(judged)) {
            read(file, now, nowNs);
        } else if (status.trouble() != null && nowNs - nextReminderNs >= 0) {
            remind(nowNs);
        }
    }

    private void read(Path file, FileStamp stamp, long nowNs) {
        GeoTable next = null;
        String fault = null;
        try {
            next = GeoDatabase.open(file);
        } catch (GeoTableException e) {
            fault = e.getMessage();
        } catch (RuntimeException | OutOfMemoryError e) {
            // Whatever a reader trips over, the next file may be sound.
            fault = e.toString();
        }
        if (!FileStamp.of(file).equals(stamp)) {
            // It has changed while it was read, and what was read may be half of each: the next looks see to it.
            return;
        }
        judged = stamp;
        if (next == null) {
            refuse(fault, nowNs);
        } else {
            tables.replace(next);
            status = status(next.info(), status.swaps() + 1, status.failures());
            LOG.info("Places: {}, now in service", Places.describe(next.info()));
        }
    }

    private void refuse(String fault, long nowNs) {
        String inService = tables.current() == GeoTable.empty()
                ? "there are no places in results"
                : Places.describe(tables.current().info()) + ", stays in service";
        String trouble = "what is at geo.database cannot be used: " + Printable.escape(fault) + "; " + inService;
        status = new GeoStatus(status.builtAt(), status.places(), status.swaps(), status.failures() + 1, trouble);
        reminderNs = FIRST_REMINDER_NS;
        remind(nowNs);
    }

    private void remind(long nowNs) {
        LOG.warn("Places: {}", status.trouble());
        nextReminderNs = nowNs + reminderNs;
        reminderNs = Math.min(LONGEST_REMINDER_NS, 2 * reminderNs);
    }

    private static GeoStatus status(GeoInfo info, long swaps, long failures) {
        return new GeoStatus(info.source().builtAt(), info.places(), swaps, failures, null);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
