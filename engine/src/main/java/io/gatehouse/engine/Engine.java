package io.gatehouse.engine;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.RoutingStatus;
import io.gatehouse.engine.EngineStatus.Work;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.lag.LagSampler;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.worker.Chooser;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Worker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The running pipeline of this process: once the group's partitioning is known, its worker threads, of one stage or two,
 * started and stopped together.
 */
public final class Engine implements AutoCloseable {
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Most of what the chooser asks is answered within some milliseconds, and a start waits for each answer. */
    private static final long CHOOSER_IDLE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Kafka's own. */
    private static final long DEFAULT_MAX_BLOCK_MS = 60_000;

    private static final int BLOCKS_OF_A_TURN = 4;

    private final EngineSettings settings;
    private final GeoTables geo;
    private final UnaryOperator<Clients> before;
    private final UserBudget budget;
    private final SecureRandom seeds = new SecureRandom();
    private final Cluster cluster;
    private final Cluster routingCluster;
    private final Chooser chooser;
    private final LagSampler lag;
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private final List<Worker> routers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile RoutingStatus choice = RoutingStatus.UNKNOWN;
    private volatile boolean stopping;

    /** @throws org.apache.kafka.common.KafkaException when the Kafka settings make no client, and never will */
    public Engine(EngineSettings settings, GeoTable geo) {
        this(settings, new GeoTables(geo));
    }

    /**
     * An engine whose table may be replaced while it works.
     *
     * @throws org.apache.kafka.common.KafkaException when the Kafka settings make no client, and never will
     */
    public Engine(EngineSettings settings, GeoTables geo) {
        this(settings, geo, UnaryOperator.identity());
    }

    /**
     * An engine that sees Kafka through what is put before its clients: so it can be tried with one that fails it.
     *
     * @throws org.apache.kafka.common.KafkaException when the Kafka settings make no client, and never will
     */
    public Engine(EngineSettings settings, GeoTables geo, UnaryOperator<Clients> before) {
        this.settings = settings;
        this.geo = geo;
        this.before = before;
        this.budget = new UserBudget(settings.maxUsers());
        this.cluster = new KafkaCluster(settings.admin(), settings.applicationId());
        this.routingCluster = new KafkaCluster(settings.admin(), settings.routingGroup());
        this.chooser = new Chooser(settings, clients(settings.applicationId()), cluster, Ticker.system());
        this.lag = new LagSampler(settings, this::status);
    }

    private Clients clients(String group) {
        return before.apply(new KafkaClients(settings, group));
    }

    /** Starts the workers and returns at once; an unreachable broker is retried, and shows in {@link #status()}. */
    public synchronized void start() {
        lag.start();
        if (settings.judge().profileEnabled()) {
            run(new Thread(this::choose, "gatehouse-chooser"));
        } else {
            work(Partitioning.KEYED, "nothing is remembered of users, and any partition will do");
        }
    }

    private void choose() {
        try {
            while (!stopping && chooser.choice() == null) {
                if (!chooser.turn()) {
                    LockSupport.parkNanos(CHOOSER_IDLE_NS);
                }
            }
        } catch (RuntimeException | Error e) {
            chooser.die(e);
        } finally {
            chooser.close();
        }
        if (chooser.choice() != null) {
            work(chooser.choice(), chooser.why());
        }
    }

    private synchronized void work(Partitioning partitioning, String why) {
        if (stopping) {
            return;
        }
        EngineSettings chosen = settings.with(partitioning);
        Clients clients = clients(settings.applicationId());
        for (int i = 0; i < settings.workers(); i++) {
            workers.add(new Worker(i, chosen, geo, budget, seeds::nextLong, clients, cluster, Ticker.system()));
        }
        if (partitioning == Partitioning.REKEY) {
            Clients routingClients = clients(settings.routingGroup());
            for (int i = 0; i < settings.routing().workers(); i++) {
                routers.add(Worker.routing(i, chosen, routingClients, routingCluster, Ticker.system()));
            }
        }
        choice = new RoutingStatus(ChoiceRecord.word(partitioning), why, List.of(), List.of(), List.of(), Work.NONE);
        for (int i = 0; i < routers.size(); i++) {
            Worker router = routers.get(i);
            run(new Thread(() -> work(router), "gatehouse-router-" + i));
        }
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            run(new Thread(() -> work(worker), "gatehouse-worker-" + i));
        }
    }

    private void run(Thread thread) {
        threads.add(thread);
        thread.start();
    }

    private void work(Worker worker) {
        try {
            while (!stopping) {
                if (!worker.turn()) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
            worker.finish(settings.stopTimeout());
        } catch (RuntimeException | Error e) {
            worker.die(e);
        }
    }

    /** What the engine is doing now. Safe to call from any thread. */
    public EngineStatus status() {
        return new EngineStatus(
                workers.isEmpty() ? List.of(chooser.status()) : statuses(workers),
                partitions(workers),
                new RoutingStatus(
                        choice.choice(),
                        choice.why(),
                        statuses(routers),
                        partitions(routers),
                        ledgers(routers),
                        work(routers)),
                lag.status(),
                budget.users(),
                settings.maxUsers(),
                budget.evicted(),
                ledgers(workers),
                work(workers),
                longestTurn(settings.producer()),
                TallySnapshot.merge(workers.stream().map(Worker::tally).toList()));
    }

    /**
     * A transaction is sent, given its offsets, and committed: each of the three may be waited for so long as the producer
     * is allowed to block. One more is for all the rest.
     */
    private static Duration longestTurn(Map<String, Object> producer) {
        Object blockMs = producer.getOrDefault(ProducerConfig.MAX_BLOCK_MS_CONFIG, DEFAULT_MAX_BLOCK_MS);
        return Duration.ofMillis(Long.parseLong(blockMs.toString())).multipliedBy(BLOCKS_OF_A_TURN);
    }

    private static List<Ledger> ledgers(List<Worker> of) {
        return Ledger.merge(
                of.stream().flatMap(worker -> worker.ledgers().stream()).toList());
    }

    private static Work work(List<Worker> of) {
        return of.stream().map(Worker::work).reduce(Work.NONE, Work::plus);
    }

    private static List<WorkerStatus> statuses(List<Worker> of) {
        return of.stream().map(Worker::status).toList();
    }

    private static List<PartitionStatus> partitions(List<Worker> of) {
        return of.stream()
                .flatMap(worker -> worker.partitions().stream())
                .sorted(Comparator.comparingInt(PartitionStatus::partition))
                .toList();
    }

    /** Finishes the batch in hand, commits, leaves the group; returns within the stop timeout. Idempotent. */
    @Override
    public void close() {
        stopping = true;
        long endNs = System.nanoTime() + settings.stopTimeout().toNanos();
        lag.close();
        running().forEach(thread -> join(thread, endNs));
        cluster.close();
        routingCluster.close();
    }

    /** No thread is begun any more once this has the lock. */
    private synchronized List<Thread> running() {
        return List.copyOf(threads);
    }

    private static void join(Thread thread, long endNs) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, endNs - System.nanoTime()));
        try {
            thread.join(left.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
