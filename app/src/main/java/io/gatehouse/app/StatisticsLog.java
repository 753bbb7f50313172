package io.gatehouse.app;

import io.gatehouse.app.view.Heading;
import io.gatehouse.app.view.MergedStatistics;
import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line of what happened since the last one, whenever something did. */
final class StatisticsLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsLog.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "statistics");
        thread.setDaemon(true);
        return thread;
    });
    private final Supplier<EngineStatus> source;
    private final Supplier<Optional<MergedStatistics>> merged;
    private final Duration interval;
    private TallySnapshot last;

    private StatisticsLog(
            Supplier<EngineStatus> source, Supplier<Optional<MergedStatistics>> merged, Duration interval) {
        this.source = source;
        this.merged = merged;
        this.interval = interval;
        this.last = source.get().tally();
    }

    /**
     * @param source what this process has counted
     * @param merged what all processes have counted; empty while that is not known
     * @param interval between two lines; zero for none at all
     */
    static StatisticsLog start(
            Supplier<EngineStatus> source, Supplier<Optional<MergedStatistics>> merged, Duration interval) {
        StatisticsLog log = new StatisticsLog(source, merged, interval);
        if (!interval.isZero()) {
            log.timer.scheduleAtFixedRate(
                    log::writeIfAnythingHappened, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        }
        return log;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void writeIfAnythingHappened() {
        EngineStatus status = source.get();
        TallySnapshot before = last;
        last = status.tally();
        if (events(last) != events(before)) {
            String shares = merged.get().map(StatisticsLog::shares).orElse("");
            LOG.info("{}{}", line(before, status, interval), shares);
        }
    }

    /** What most logins have in common, in all partitions together. */
    static String shares(MergedStatistics merged) {
        return String.format(
                Locale.ROOT,
                "; of all instances in %d windows: countries %s, platforms %s, versions %s, hours %s",
                merged.windows(),
                leading(merged, Heading.COUNTRY),
                leading(merged, Heading.PLATFORM),
                leading(merged, Heading.VERSION),
                leading(merged, Heading.HOUR_OF_DAY));
    }

    private static String leading(MergedStatistics merged, Heading heading) {
        String leading = merged.leading(heading);
        return leading.isEmpty() ? "–" : leading;
    }

    static String line(TallySnapshot before, EngineStatus now, Duration interval) {
        long in = events(now.tally()) - events(before);
        Map<String, Long> refused = new TreeMap<>(now.tally().refused());
        before.refused().forEach((reason, count) -> refused.merge(reason, -count, Long::sum));
        refused.values().removeIf(count -> count == 0);
        String reasons = refused.isEmpty()
                ? ""
                : refused.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
        return String.format(
                Locale.ROOT,
                "%d events in (%.1f/s): %d processed, %d refused%s; lag %d, %d users, %d in a session; %d partitions,"
                        + " %d commits and %d aborts since the start",
                in,
                in * 1e9 / interval.toNanos(),
                now.tally().accepted() - before.accepted(),
                refused.values().stream().mapToLong(Long::longValue).sum(),
                reasons,
                now.partitions().stream().mapToLong(p -> Math.max(0, p.lag())).sum(),
                now.users(),
                now.tally().activeSessions(),
                now.partitions().size(),
                now.workers().stream().mapToLong(WorkerStatus::commits).sum(),
                now.workers().stream().mapToLong(WorkerStatus::aborts).sum());
    }

    private static long events(TallySnapshot tally) {
        return tally.accepted()
                + tally.refused().values().stream().mapToLong(Long::longValue).sum();
    }
}
