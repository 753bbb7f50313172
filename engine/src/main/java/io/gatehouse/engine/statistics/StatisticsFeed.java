package io.gatehouse.engine.statistics;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.worker.Trouble;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of statistics for as long as the process runs, on a thread of its own: workers neither wait for it nor
 * hear of it. Trouble of any kind is said, waited out and tried again.
 */
public final class StatisticsFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsFeed.class);
    private static final long RETRY_S = 5;
    /** A call to Kafka may take longer; the thread holds nothing that must be put in order. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final String topic;
    private final Duration recent;
    private final StatisticsReceiver receiver;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "statistics-feed");
    private String lastSaid;

    /** @param recent how far back what was written last is read before all that is older */
    public StatisticsFeed(EngineSettings settings, Duration recent, StatisticsReceiver receiver) {
        this.clients = new KafkaClients(settings, settings.applicationId());
        this.topic = settings.topics().statistics();
        this.recent = recent;
        this.receiver = receiver;
        thread.setDaemon(true);
    }

    /** Returns at once. */
    public void start() {
        thread.start();
    }

    private void work() {
        while (!isStopping()) {
            try (StatisticsReading reading = new StatisticsReading(clients, topic, recent, receiver)) {
                reading.begin(System.currentTimeMillis());
                while (!isStopping()) {
                    reading.turn();
                    speak(null);
                }
            } catch (RuntimeException e) {
                // A defect here must not end more than it has to: the view is empty meanwhile, all else goes on.
                String reason = Trouble.describe(e);
                receiver.interrupted(reason);
                if (!isStopping()) {
                    speak(reason);
                    pause();
                }
            }
        }
    }

    private void speak(String trouble) {
        if (!Objects.equals(trouble, lastSaid)) {
            if (trouble == null) {
                LOG.info("The topic of statistics can be read again");
            } else {
                LOG.warn("The topic of statistics cannot be read, and is tried again each {} s: {}", RETRY_S, trouble);
            }
            lastSaid = trouble;
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause() {
        try {
            stopping.await(RETRY_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
