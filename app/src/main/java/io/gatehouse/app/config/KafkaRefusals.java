package io.gatehouse.app.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The client settings that exactly-once rests on: nobody but Gatehouse sets them. */
final class KafkaRefusals {
    private static final Predicate<String> NEVER = value -> false;

    private static final List<Refusal> ALL = List.of(
            consumer(
                    "group.id",
                    NEVER,
                    "the group is named by application.id, together with the state that belongs to it"),
            consumer(
                    "group.instance.id",
                    NEVER,
                    "a static member that restarts quickly can be kept out of its group for good"),
            consumer(
                    "isolation.level",
                    "read_committed"::equals,
                    "reading uncommitted records would process what was never really there"),
            consumer(
                    "enable.auto.commit",
                    "false"::equals,
                    "offsets are committed in the same transaction as the results, or results are lost or doubled"),
            consumer("auto.commit.interval.ms", NEVER, "nothing is committed automatically; see commit.interval"),
            consumer(
                    "auto.offset.reset",
                    NEVER,
                    "it would skip or repeat events silently; where a new group begins is told by start"),
            consumer("key.deserializer", NEVER, "keys are passed on byte for byte"),
            consumer("value.deserializer", NEVER, "values are passed on byte for byte"),
            consumer("interceptor.classes", NEVER, "an interceptor can change or drop records unseen"),
            producer(
                    "transactional.id",
                    NEVER,
                    "it is made of application.id and instance.id, and fences dead instances"),
            producer("enable.idempotence", "true"::equals, "without it a retry doubles records"),
            producer(
                    "acks",
                    value -> value.equals("all") || value.equals("-1"),
                    "with fewer acknowledgements a lost broker takes committed results along"),
            producer(
                    "retries",
                    value -> !value.equals("0"),
                    "transactions need retries; delivery.timeout.ms bounds them"),
            producer(
                    "max.in.flight.requests.per.connection",
                    value -> value.matches("[1-5]"),
                    "with more than 5 the order of records is lost when one is sent again"),
            producer("transaction.two.phase.commit.enable", NEVER, "a dead instance's transaction must end by itself"),
            producer("key.serializer", NEVER, "keys are passed on byte for byte"),
            producer("value.serializer", NEVER, "values are passed on byte for byte"),
            producer("partitioner.class", NEVER, "results lie where the default partitioner puts their user_id"),
            producer(
                    "partitioner.ignore.keys",
                    "false"::equals,
                    "results lie where the default partitioner puts their user_id"),
            producer("interceptor.classes", NEVER, "an interceptor can change or drop records unseen"));

    private KafkaRefusals() {}

    /** Why a setting of these clients is refused; nothing when it may pass. */
    static Optional<String> reason(Set<KafkaClient> clients, String setting, String value) {
        return ALL.stream()
                .filter(refusal -> clients.contains(refusal.client) && refusal.setting.equals(setting))
                .filter(refusal -> !refusal.harmless.test(value))
                .map(Refusal::reason)
                .findFirst();
    }

    /** The refused names of one client, for documentation and tests. */
    static List<String> names(KafkaClient client) {
        return ALL.stream()
                .filter(refusal -> refusal.client == client)
                .map(Refusal::setting)
                .toList();
    }

    private static Refusal consumer(String setting, Predicate<String> harmless, String reason) {
        return new Refusal(KafkaClient.CONSUMER, setting, harmless, reason);
    }

    private static Refusal producer(String setting, Predicate<String> harmless, String reason) {
        return new Refusal(KafkaClient.PRODUCER, setting, harmless, reason);
    }

    /** @param harmless the values that are Gatehouse's own, so that a file that repeats them is no mistake */
    private record Refusal(KafkaClient client, String setting, Predicate<String> harmless, String reason) {}
}
