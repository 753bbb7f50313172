package io.gatehouse.engine.lag;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.worker.Trouble;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the lag of the partitions that this process owns, every few seconds, on a thread and a connection of its own:
 * workers neither wait for it nor hear of it. It asks Kafka as one outside does, so that all say the same. A partition that
 * is still being restored has no trend yet and is left out.
 */
public final class LagSampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LagSampler.class);

    /** Seven looks make a window; they cost a few requests each, and a change shows in seconds. */
    private static final long INTERVAL_S = 5;

    /** The thread holds nothing that must be put in order. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

    private final EngineSettings settings;
    private final Supplier<EngineStatus> engine;
    private final StageHistory judged;
    private final StageHistory routed;
    private final StableEnds processed = new StableEnds();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "gatehouse-lag");
    private volatile LagStatus status = LagStatus.UNKNOWN;
    private Admin admin;

    /** @param engine asked for the partitions that the process owns */
    public LagSampler(EngineSettings settings, Supplier<EngineStatus> engine) {
        LagRules rules = new LagRules(settings.commitInterval());
        this.settings = settings;
        this.engine = engine;
        this.judged = new StageHistory(rules);
        this.routed = new StageHistory(rules);
        thread.setDaemon(true);
    }

    /** Returns at once. */
    public void start() {
        thread.start();
    }

    /** What it has found last. Safe to call from any thread. */
    public LagStatus status() {
        return status;
    }

    private void work() {
        while (!isStopping()) {
            try {
                status = look(questions(), engine.get(), System.nanoTime());
            } catch (RuntimeException e) {
                // Workers say what is wrong with Kafka; a defect here must not end more than it has to.
                status = LagStatus.UNKNOWN;
                judged.forget();
                routed.forget();
                LOG.debug("The lag is not known: {}", Trouble.describe(e));
            }
            pause();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Brokers whose names cannot be resolved yet may be there later: each round tries again. */
    private LagQuestions questions() {
        if (admin == null) {
            admin = Admin.create(settings.admin());
        }
        return new LagQuestions(admin);
    }

    private LagStatus look(LagQuestions questions, EngineStatus now, long nowNs) {
        boolean isRekeyed = "rekey".equals(now.routing().choice());
        String input = settings.topics().input();
        return new LagStatus(
                take(
                        judged,
                        questions,
                        settings.applicationId(),
                        isRekeyed ? settings.routing().byUser() : input,
                        now.partitions(),
                        nowNs),
                take(
                        routed,
                        questions,
                        settings.routingGroup(),
                        input,
                        now.routing().partitions(),
                        nowNs),
                processed.take(
                        nowNs,
                        questions.offsets(questions.partitions(settings.topics().processed()))));
    }

    private List<PartitionLag> take(
            StageHistory history,
            LagQuestions questions,
            String group,
            String topic,
            List<PartitionStatus> statuses,
            long nowNs) {
        List<TopicPartition> owned = statuses.stream()
                .filter(LagSampler::isWorkedOn)
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, String> owners = new HashMap<>();
        owned.forEach(partition -> owners.put(partition, settings.instanceId()));
        Map<TopicPartition, Offsets> offsets = owned.isEmpty() ? Map.of() : questions.offsets(group, owned);
        return history.take(nowNs, owned, offsets, owners);
    }

    /** What is held back is among them: it stands still. */
    private static boolean isWorkedOn(PartitionStatus partition) {
        return partition.trouble() != null || partition.position() >= 0;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause() {
        try {
            stopping.await(INTERVAL_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        // Whatever it waits for.
        thread.interrupt();
        try {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
