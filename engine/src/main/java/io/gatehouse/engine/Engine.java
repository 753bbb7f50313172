package io.gatehouse.engine;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.core.tally.TallySnapshot;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.Cluster;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.worker.Ticker;
import io.gatehouse.engine.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The running pipeline of this process: its worker threads, started and stopped together. */
public final class Engine implements AutoCloseable {
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final EngineSettings settings;
    private final UserBudget budget;
    private final Cluster cluster;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;
    private boolean started;

    /** @throws org.apache.kafka.common.KafkaException when the Kafka settings make no client, and never will */
    public Engine(EngineSettings settings, GeoTable geo) {
        this.settings = settings;
        this.budget = new UserBudget(settings.maxUsers());
        this.cluster = new KafkaCluster(settings.admin(), settings.applicationId());
        Clients clients = new KafkaClients(settings.consumer(), settings.producer(), settings.applicationId());
        for (int i = 0; i < settings.workers(); i++) {
            Worker worker = new Worker(i, settings, geo, budget, clients, cluster, Ticker.system());
            workers.add(worker);
            threads.add(new Thread(() -> work(worker), "gatehouse-worker-" + i));
        }
    }

    /** Starts the workers and returns at once; an unreachable broker is retried, and shows in {@link #status()}. */
    public synchronized void start() {
        started = true;
        threads.forEach(Thread::start);
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
                workers.stream().map(Worker::status).toList(),
                workers.stream()
                        .flatMap(worker -> worker.partitions().stream())
                        .sorted(Comparator.comparingInt(PartitionStatus::partition))
                        .toList(),
                budget.users(),
                budget.evicted(),
                TallySnapshot.merge(workers.stream().map(Worker::tally).toList()));
    }

    /** Finishes the batch in hand, commits, leaves the group; returns within the stop timeout. Idempotent. */
    @Override
    public synchronized void close() {
        stopping = true;
        long endNs = System.nanoTime() + settings.stopTimeout().toNanos();
        if (started) {
            threads.forEach(thread -> join(thread, endNs));
        }
        cluster.close();
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
