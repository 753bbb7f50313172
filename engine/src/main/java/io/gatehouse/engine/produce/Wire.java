package io.gatehouse.engine.produce;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.RequestCompletionHandler;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that talks to the brokers, by Kafka's own network client: connections, security and metadata are its. */
final class Wire implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final String TRANSACTION_VERSION = "transaction.version";
    private static final short SECOND_VERSION = 2;
    private static final long LONGEST_POLL_MS = 1_000;
    private static final long CLOSED_WITHIN_MS = 5_000;

    /** A question to a broker, to any where {@code node} is null; not to be asked before a moment of the clock that nobody sets. */
    private record Question(
            Node node,
            AbstractRequest.Builder<?> request,
            long notBeforeMs,
            CompletableFuture<ClientResponse> answer) {}

    private final ApiVersions versions = new ApiVersions();
    private final Metrics metrics = new Metrics();
    private final ProducerMetadata metadata;
    private final KafkaClient client;
    private final int requestTimeoutMs;
    private final Lanes lanes;
    private final Thread thread;
    private final List<Question> asked = new ArrayList<>();
    private boolean isClosed;

    /**
     * Makes the thread, to be {@link #start started}.
     *
     * @param lanes whose batches it sends
     * @throws KafkaException when the settings make no client
     */
    Wire(ProducerSettings settings, ProducerMetadata metadata, Lanes lanes) {
        this.metadata = metadata;
        this.lanes = lanes;
        this.requestTimeoutMs = settings.requestTimeoutMs();
        this.client = ClientUtils.createNetworkClient(
                settings.config(),
                metrics,
                "producer",
                new LogContext("[" + settings.clientId() + "] "),
                versions,
                Time.SYSTEM,
                settings.requestsUnderWay(),
                metadata,
                null,
                null);
        this.thread = new Thread(this::run, settings.clientId() + "-network");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether the cluster completes transactions in their second version (KIP-890), by what brokers have said so far. */
    boolean isSecondTransactionVersion() {
        Short version = versions.getFinalizedFeaturesInfo().finalizedFeatures.get(TRANSACTION_VERSION);
        return version != null && version >= SECOND_VERSION;
    }

    /** Lets the thread look at once whether there is something to do. */
    void wakeUp() {
        client.wakeup();
    }

    /**
     * Asks a broker, as soon as it is connected. The answer may come of a lost connection or a refused login, too; it is a
     * {@link DisconnectException} when there was no connection.
     *
     * @param node null for any
     * @param pauseMs before it is asked
     */
    CompletableFuture<ClientResponse> ask(Node node, AbstractRequest.Builder<?> request, long pauseMs) {
        Question question =
                new Question(node, request, Time.SYSTEM.hiResClockMs() + pauseMs, new CompletableFuture<>());
        synchronized (asked) {
            if (isClosed) {
                question.answer().completeExceptionally(new KafkaException("the producer is closed"));
            } else {
                asked.add(question);
            }
        }
        wakeUp();
        return question.answer();
    }

    private void run() {
        try {
            while (!isClosed()) {
                turn();
            }
        } catch (RuntimeException | Error e) {
            KafkaException defect = new KafkaException("the network thread of the producer ended by a defect", e);
            LOG.error(defect.getMessage(), e);
            metadata.fatalError(defect);
            lanes.fail(defect);
        } finally {
            Utils.closeQuietly(client, "network client");
            metrics.close();
            metadata.close();
            endQuestions();
        }
    }

    private boolean isClosed() {
        synchronized (asked) {
            return isClosed;
        }
    }

    private void turn() {
        long nowMs = System.currentTimeMillis();
        long questionsMs = askQuestions(nowMs);
        long batchesMs = lanes.send(this, nowMs);
        client.poll(Math.min(LONGEST_POLL_MS, Math.min(questionsMs, batchesMs)), nowMs);
    }

    /** Sends the questions whose brokers are ready; returns when to look again. */
    private long askQuestions(long nowMs) {
        long again = LONGEST_POLL_MS;
        long clockMs = Time.SYSTEM.hiResClockMs();
        synchronized (asked) {
            for (Iterator<Question> each = asked.iterator(); each.hasNext(); ) {
                Question question = each.next();
                Node node =
                        question.node() == null ? client.leastLoadedNode(nowMs).node() : question.node();
                if (question.answer().isDone()) {
                    each.remove();
                } else if (clockMs < question.notBeforeMs()) {
                    again = Math.min(again, question.notBeforeMs() - clockMs);
                } else if (node == null) {
                    again = Math.min(again, metadata.timeToNextUpdate(nowMs));
                } else if (client.ready(node, nowMs)) {
                    each.remove();
                    send(node, question.request(), nowMs, question.answer()::complete);
                } else if (client.authenticationException(node) != null) {
                    each.remove();
                    question.answer().completeExceptionally(client.authenticationException(node));
                } else if (client.connectionFailed(node) && question.node() != null) {
                    each.remove();
                    question.answer().completeExceptionally(new DisconnectException("no connection to " + node));
                } else {
                    again = Math.min(again, client.pollDelayMs(node, nowMs));
                }
            }
        }
        return Math.max(1, again);
    }

    /** Whether something may be sent to a broker now; begins to connect if that is missing. For the thread alone. */
    boolean isReady(Node node, long nowMs) {
        return client.ready(node, nowMs);
    }

    /** In how many milliseconds it is worth asking again whether a broker that was not ready is. For the thread alone. */
    long delayMs(Node node, long nowMs) {
        return Math.max(1, client.pollDelayMs(node, nowMs));
    }

    /** Why a broker does not let us in; null when it does, or is not known to. For the thread alone. */
    AuthenticationException refusal(Node node) {
        return client.authenticationException(node);
    }

    /** Sends to a broker that is ready. For the thread alone. */
    void send(Node node, AbstractRequest.Builder<?> request, long nowMs, RequestCompletionHandler answered) {
        client.send(client.newClientRequest(node.idString(), request, nowMs, true, requestTimeoutMs, answered), nowMs);
    }

    private void endQuestions() {
        synchronized (asked) {
            isClosed = true;
            asked.forEach(
                    question -> question.answer().completeExceptionally(new KafkaException("the producer is closed")));
            asked.clear();
        }
    }

    /** Ends the thread, and with it all connections. */
    @Override
    public void close() {
        synchronized (asked) {
            isClosed = true;
        }
        wakeUp();
        try {
            thread.join(CLOSED_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
