package io.gatehouse.engine.worker;

import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.Work;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works shift after shift: when one ends by trouble, waits a growing while and joins again. What went wrong is said once
 * and then at growing intervals, and stands in the status all the while.
 */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long FIRST_RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_RETRY_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_REMINDER_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_REMINDER_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long PUBLISH_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final int number;
    private final EngineSettings settings;
    private final Function<WorkerCounters, Stage<?>> stages;
    private final String name;
    private final String transactionalId;
    private final Clients clients;
    private final Cluster cluster;
    private final Ticker ticker;
    private final WorkerCounters counters = new WorkerCounters();
    private final Backoff retry = new Backoff(FIRST_RETRY_NS, LONGEST_RETRY_NS);
    private final Backoff reminder = new Backoff(FIRST_REMINDER_NS, LONGEST_REMINDER_NS);

    private Shift<?> shift;
    private String trouble;
    private String lastSaid;
    private long publishedNs;
    private volatile WorkerStatus status;
    private volatile List<PartitionStatus> partitions = List.of();

    /**
     * A worker that judges logins.
     *
     * @param number this worker's number in its process, from 0
     * @param seeds what the users of each partition are spread and sampled with: one that nobody can foresee for each
     */
    public Worker(
            int number,
            EngineSettings settings,
            GeoTables geo,
            UserBudget budget,
            LongSupplier seeds,
            Clients clients,
            Cluster cluster,
            Ticker ticker) {
        this(
                number,
                "worker",
                settings.applicationId() + "-" + settings.instanceId() + "-" + number,
                settings,
                counters -> new Judging(settings, geo, budget, seeds, cluster, ticker, counters),
                clients,
                cluster,
                ticker);
    }

    /**
     * A worker that routes logins to their users' partitions.
     *
     * @param number this worker's number among those of its process that route, from 0
     * @param clients those of the routing group
     * @param cluster that answers for the routing group
     */
    public static Worker routing(int number, EngineSettings settings, Clients clients, Cluster cluster, Ticker ticker) {
        return new Worker(
                number,
                "router",
                settings.applicationId() + "-" + settings.instanceId() + "-route-" + number,
                settings,
                counters -> new Routing(settings, cluster, ticker),
                clients,
                cluster,
                ticker);
    }

    private Worker(
            int number,
            String role,
            String transactionalId,
            EngineSettings settings,
            Function<WorkerCounters, Stage<?>> stages,
            Clients clients,
            Cluster cluster,
            Ticker ticker) {
        this.number = number;
        this.name = role + " " + number;
        this.transactionalId = transactionalId;
        this.settings = settings;
        this.stages = stages;
        this.clients = clients;
        this.cluster = cluster;
        this.ticker = ticker;
        publish(WorkerState.STARTING);
    }

    /**
     * Does one round of bounded work.
     *
     * @return false when there was nothing to do but wait
     */
    public boolean turn() {
        if (!retry.isOver(ticker.monotonicNs())) {
            publish(WorkerState.TROUBLED);
            return false;
        }
        try {
            if (shift == null) {
                shift = newShift(stages.apply(counters));
            }
            long commits = counters.commits();
            shift.turn();
            if (counters.commits() > commits) {
                retry.succeeded();
            }
            trouble = shift.trouble();
        } catch (KafkaException | Refusal e) {
            endShift(e);
        }
        speak();
        publishNowAndThen();
        return true;
    }

    private <P extends WorkedPartition> Shift<P> newShift(Stage<P> stage) {
        return new Shift<>(settings, stage, clients, cluster, ticker, counters, transactionalId);
    }

    private void endShift(RuntimeException e) {
        trouble = Trouble.describe(e);
        retry.failed(ticker.monotonicNs());
        abandon();
        partitions = List.of();
        publish(WorkerState.TROUBLED);
    }

    private void abandon() {
        if (shift != null) {
            Shift<?> ended = shift;
            shift = null;
            try {
                ended.abandon();
            } catch (KafkaException e) {
                LOG.debug("{} left the group with {}", name, e.toString());
            }
        }
    }

    private void speak() {
        long nowNs = ticker.monotonicNs();
        if (trouble == null) {
            if (lastSaid != null) {
                LOG.info("{} goes on", name);
                lastSaid = null;
                reminder.succeeded();
            }
        } else if (!trouble.equals(lastSaid) || reminder.isOver(nowNs)) {
            LOG.warn("{} waits: {}", name, trouble);
            lastSaid = trouble;
            reminder.failed(nowNs);
        }
    }

    private void publishNowAndThen() {
        long nowNs = ticker.monotonicNs();
        if (nowNs - publishedNs >= PUBLISH_INTERVAL_NS) {
            publishedNs = nowNs;
            if (shift != null) {
                partitions = shift.partitions();
            }
            publish(trouble == null ? WorkerState.RUNNING : WorkerState.TROUBLED);
        }
    }

    private void publish(WorkerState state) {
        status = new WorkerStatus(
                number,
                state,
                trouble,
                counters.commits(),
                counters.aborts(),
                counters.rebalances(),
                ticker.monotonicNs());
    }

    /** Commits what is judged and leaves the group, within the timeout. */
    public void finish(Duration timeout) {
        try {
            if (shift != null) {
                shift.finish(timeout);
            }
        } catch (KafkaException e) {
            LOG.warn("{} could not leave in order: {}", name, Trouble.describe(e));
        } finally {
            shift = null;
            partitions = List.of();
            publish(WorkerState.STOPPED);
        }
    }

    /** Ends after a defect: nothing is committed, and the status says so until the process is restarted. */
    public void die(Throwable defect) {
        LOG.error("{} ended by a defect", name, defect);
        trouble = "ended by a defect: " + defect;
        abandon();
        partitions = List.of();
        publish(WorkerState.DEAD);
    }

    /** What it is doing. Safe to call from any thread. */
    public WorkerStatus status() {
        return status;
    }

    /** Its partitions, as they were a moment ago. Safe to call from any thread. */
    public List<PartitionStatus> partitions() {
        return partitions;
    }

    /** One for each partition that it has ever worked on. Safe to call from any thread. */
    public List<Ledger> ledgers() {
        return counters.ledgers();
    }

    /** What it has done since it was made, and how long that took. Safe to call from any thread. */
    public Work work() {
        return counters.work();
    }

    /** All that it has judged. Safe to call from any thread. */
    public TallySnapshot tally() {
        return counters.tally();
    }
}
