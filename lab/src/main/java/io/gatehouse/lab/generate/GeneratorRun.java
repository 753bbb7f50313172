package io.gatehouse.lab.generate;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A stream on its way, on a thread of its own. All methods may be called by any thread. */
public final class GeneratorRun implements AutoCloseable {
    private final LoginStream stream;
    private final Sink sink;
    private final Pace pace;
    private final long events;
    private final Map<Outcome, LongAdder> byOutcome = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long sent;
    private volatile boolean stopping;
    private volatile Throwable defect;

    private GeneratorRun(LoginStream stream, Sink sink, double rate, long events) {
        this.stream = stream;
        this.sink = sink;
        this.pace = new Pace(rate);
        this.events = events;
    }

    /**
     * Starts sending to a Kafka topic, which must exist.
     *
     * @param kafka client settings, {@code bootstrap.servers} among them
     * @param run the text of the records' {@code generator.run} header
     * @param rate events a second; 0 for as many as possible
     * @param events how many to send; 0 for no end
     */
    public static GeneratorRun start(
            StreamSettings settings, Map<String, Object> kafka, String topic, String run, double rate, long events) {
        return start(settings, new KafkaSink(kafka, topic, run), rate, events);
    }

    /**
     * The same, but for sends that fail: they do not end the run.
     *
     * @param kept is told what becomes of each send
     */
    public static GeneratorRun start(
            StreamSettings settings,
            Map<String, Object> kafka,
            String topic,
            String run,
            double rate,
            long events,
            Acknowledgements kept) {
        return start(settings, new KafkaSink(kafka, topic, run, kept), rate, events);
    }

    static GeneratorRun start(StreamSettings settings, Sink sink, double rate, long events) {
        GeneratorRun run = new GeneratorRun(new LoginStream(settings), sink, rate, events);
        Thread thread = new Thread(run::send, "generator");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    private void send() {
        try (sink) {
            for (long event = 0; (events == 0 || event < events) && !stopping && sink.failure() == null; ) {
                if (pace.await(event)) {
                    GeneratedRecord made = stream.next();
                    sink.send(made);
                    byOutcome
                            .computeIfAbsent(made.outcome(), outcome -> new LongAdder())
                            .increment();
                    sent = ++event;
                }
            }
        } catch (RuntimeException | Error e) {
            defect = e;
        } finally {
            ended.countDown();
        }
    }

    /** Sends so many of the next records at once, whatever the rate. */
    public void hurry(long more) {
        pace.hurry(more);
    }

    /** When a record is due, by {@link System#nanoTime}, whenever it is sent; of a run that has a rate. */
    public long dueNs(long event) {
        return pace.dueNs(event);
    }

    /** Records handed over so far. */
    public long sent() {
        return sent;
    }

    /** Records that the receiver has confirmed so far. */
    public long acknowledged() {
        return sink.acknowledged();
    }

    /** Records handed over so far, by {@link Outcome#label()}, in alphabetical order. */
    public Map<String, Long> sentByOutcome() {
        Map<String, Long> counts = new TreeMap<>();
        byOutcome.forEach((outcome, count) -> counts.put(outcome.label(), count.sum()));
        return counts;
    }

    /** What went wrong, in words for the user; null while nothing has. The run ends at the first failure. */
    public String failure() {
        if (defect != null) {
            throw new IllegalStateException("the generator has a defect", defect);
        }
        return sink.failure();
    }

    /** Waits for so long, and says whether the run has ended: all sent and confirmed, stopped, or failed. */
    public boolean await(Duration longest) throws InterruptedException {
        return ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the run early and waits until what was sent is confirmed or has failed. Idempotent. */
    public void stop() {
        stopping = true;
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
