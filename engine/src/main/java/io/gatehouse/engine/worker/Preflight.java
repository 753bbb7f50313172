package io.gatehouse.engine.worker;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Topics;
import io.gatehouse.engine.cluster.Cluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the topics before a worker joins the group, so that what is missing is said at once and by name. */
final class Preflight {
    /** It is asked again anyway, and who wants to stop must not wait for long. */
    private static final long ANSWER_TIMEOUT_S = 5;

    private final Cluster cluster;
    private final EngineSettings settings;
    private final Topics topics;

    Preflight(Cluster cluster, EngineSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.topics = settings.topics();
    }

    /**
     * The topic that logins are judged from, when everything is in place.
     *
     * @throws Refusal when a topic is missing or does not fit
     * @throws KafkaException when the cluster does not answer or does not allow the question
     */
    Cluster.Topic check() {
        List<String> names = settings.topicNames();
        names.add(settings.judgedTopic());
        Map<String, Cluster.Topic> found = find(names);
        Cluster.Topic input = found.get(settings.judgedTopic());
        int statePartitions = found.get(topics.state()).partitions();
        if (statePartitions != input.partitions()) {
            throw new Refusal("the topic " + settings.judgedTopic() + " has " + input.partitions()
                    + " partitions, but its journal "
                    + topics.state() + " has " + statePartitions
                    + ": each input partition needs a journal partition of the same number, and users may have moved. "
                    + Trouble.START_AFRESH);
        }
        return input;
    }

    /** The same where nothing is remembered: no journal is needed then, and nothing but results is published. */
    Cluster.Topic checkWithoutMemory() {
        return find(settings.topicNames()).get(topics.input());
    }

    /**
     * The input topic, when everything is in place for routing.
     *
     * @throws Refusal when a topic is missing
     * @throws KafkaException when the cluster does not answer or does not allow the question
     */
    Cluster.Topic checkRouting() {
        return find(List.of(topics.input(), topics.deadLetters())).get(topics.input());
    }

    /** The topic between the stages, as {@link #checkRouting} would find it. */
    Cluster.Topic topicByUser() {
        String byUser = settings.routing().byUser();
        return find(List.of(byUser)).get(byUser);
    }

    private Map<String, Cluster.Topic> find(List<String> names) {
        Map<String, CompletableFuture<Cluster.Topic>> questions = new TreeMap<>();
        for (String name : names) {
            questions.put(name, cluster.topic(name));
        }
        Map<String, Cluster.Topic> found = new TreeMap<>();
        questions.forEach((name, answer) -> found.put(name, answered(name, answer)));
        return found;
    }

    /** What to say of a topic that is not there. */
    static Refusal missing(String name) {
        return new Refusal("the topic " + name + " does not exist: create the topics with 'gatehouse topics create'");
    }

    private static Cluster.Topic answered(String name, CompletableFuture<Cluster.Topic> answer) {
        try {
            return answer.get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw missing(name);
            }
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException("topic " + name + " could not be described", e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer within " + ANSWER_TIMEOUT_S + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
