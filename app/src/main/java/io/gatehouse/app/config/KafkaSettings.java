package io.gatehouse.app.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings that pass through to the Kafka clients: {@code kafka.consumer.*}, {@code kafka.producer.*} and
 * {@code kafka.admin.*} to one, {@code kafka.*} to each client that knows the setting. The specific wins over the
 * general, and both over Gatehouse's defaults.
 */
final class KafkaSettings {
    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String BROKERS_ALLOWED = "one or more brokers as host:port, separated by commas";

    private static final Pattern BROKERS = Pattern.compile(
            "\\s*([\\w.-]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}\\s*(,\\s*([\\w.-]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}\\s*)*");

    private static final Set<String> DECIDED_BY_BROKER =
            Set.of("session.timeout.ms", "heartbeat.interval.ms", "partition.assignment.strategy");

    private final Map<KafkaClient, Map<String, Entry>> byClient = new EnumMap<>(KafkaClient.class);

    private KafkaSettings() {}

    /** Reads all given entries whose keys begin with {@code kafka.}; what is wrong with them is added to the mistakes. */
    static KafkaSettings read(Map<String, Entry> given, List<Mistake> mistakes) {
        KafkaSettings settings = new KafkaSettings();
        for (KafkaClient client : KafkaClient.values()) {
            settings.byClient.put(client, defaults(client));
        }
        List<Entry> specific = new ArrayList<>();
        for (Entry entry : given.values()) {
            if (!entry.key().startsWith(KafkaClient.PREFIX)) {
                continue;
            }
            if (clientOf(entry).isPresent()) {
                specific.add(entry);
            } else {
                settings.take(entry, general(entry), entry.key().substring(KafkaClient.PREFIX.length()), mistakes);
            }
        }
        for (Entry entry : specific) {
            KafkaClient client = clientOf(entry).orElseThrow();
            settings.take(entry, EnumSet.of(client), settingOf(entry, client), mistakes);
        }
        settings.settleGroupProtocol(mistakes);
        return settings;
    }

    /** A client's settings, for the client. */
    Map<String, Object> of(KafkaClient client) {
        Map<String, Object> values = new LinkedHashMap<>();
        byClient.get(client).forEach((setting, entry) -> values.put(setting, entry.value()));
        return Collections.unmodifiableMap(values);
    }

    /** A setting's entry, be it given or a default. */
    Optional<Entry> entry(KafkaClient client, String setting) {
        return Optional.ofNullable(byClient.get(client).get(setting));
    }

    /** The value in effect of a numeric setting that Gatehouse has a default for; empty when what was given is none. */
    Optional<Long> number(KafkaClient client, String setting) {
        return entry(client, setting)
                .map(Entry::value)
                .filter(value -> value.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /** All effective entries, each under the name by which it is set for its client alone. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        byClient.forEach((client, settings) -> settings.forEach(
                (setting, entry) -> entries.add(new Entry(client.prefix() + setting, entry.value(), entry.origin()))));
        return entries;
    }

    private static Map<String, Entry> defaults(KafkaClient client) {
        Map<String, Entry> defaults = new LinkedHashMap<>();
        KafkaDefaults.common().forEach((setting, value) -> defaults.put(setting, Entry.ofDefault(setting, value)));
        KafkaDefaults.of(client).forEach((setting, value) -> defaults.put(setting, Entry.ofDefault(setting, value)));
        return defaults;
    }

    private static Optional<KafkaClient> clientOf(Entry entry) {
        return EnumSet.allOf(KafkaClient.class).stream()
                .filter(client -> entry.key().startsWith(client.prefix()))
                .findFirst();
    }

    private static String settingOf(Entry entry, KafkaClient client) {
        return entry.key().substring(client.prefix().length());
    }

    private static Set<KafkaClient> general(Entry entry) {
        String setting = entry.key().substring(KafkaClient.PREFIX.length());
        Set<KafkaClient> clients = EnumSet.allOf(KafkaClient.class);
        clients.removeIf(client -> !client.knows(setting));
        return clients;
    }

    private void take(Entry entry, Set<KafkaClient> clients, String setting, List<Mistake> mistakes) {
        if (clients.stream().noneMatch(client -> client.knows(setting))) {
            mistakes.add(Mistake.unknown(entry.key(), entry.origin(), unknown(clients, setting)));
            return;
        }
        Optional<String> refusal = KafkaRefusals.reason(clients, setting, entry.value());
        if (refusal.isPresent()) {
            mistakes.add(Mistake.in(entry, "may not be set: " + refusal.get()));
            return;
        }
        KafkaClient judge = clients.iterator().next();
        Optional<String> invalid = invalid(judge.definition(), setting, entry);
        if (invalid.isPresent()) {
            mistakes.add(Mistake.in(entry, invalid.get()));
            return;
        }
        clients.forEach(client -> byClient.get(client).put(setting, entry));
    }

    private static String unknown(Set<KafkaClient> clients, String setting) {
        Set<KafkaClient> asked = clients.isEmpty() ? EnumSet.allOf(KafkaClient.class) : clients;
        Set<String> names = new TreeSet<>();
        asked.forEach(client -> names.addAll(client.definition().names()));
        return "is a setting of no Kafka client"
                + (asked.size() == 1 ? " of this kind" : "")
                + NearMiss.of(setting, names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }

    private static Optional<String> invalid(ConfigDef definition, String setting, Entry entry) {
        if (setting.equals(BOOTSTRAP_SERVERS) && !BROKERS.matcher(entry.value()).matches()) {
            return Optional.of("must be " + BROKERS_ALLOWED);
        }
        ConfigDef.ConfigKey key = definition.configKeys().get(setting);
        try {
            Object parsed = ConfigDef.parseType(setting, entry.value(), key.type);
            if (key.validator != null) {
                key.validator.ensureValid(setting, parsed);
            }
            return Optional.empty();
        } catch (ConfigException | LinkageError e) {
            // The second is a class that is there and cannot be loaded: a library that it needs is missing.
            String type = key.type.name().toLowerCase(Locale.ROOT);
            String allowed = key.validator == null ? "" : ", " + key.validator;
            return Optional.of("must be what Kafka allows here: " + type + allowed);
        }
    }

    /** Gives the classic protocol its defaults, and reports what the other one leaves to the broker. */
    private void settleGroupProtocol(List<Mistake> mistakes) {
        Map<String, Entry> consumer = byClient.get(KafkaClient.CONSUMER);
        if (consumer.get("group.protocol").value().equalsIgnoreCase("classic")) {
            KafkaDefaults.CLASSIC_CONSUMER.forEach(
                    (setting, value) -> consumer.putIfAbsent(setting, Entry.ofDefault(setting, value)));
            return;
        }
        for (String setting : new TreeSet<>(DECIDED_BY_BROKER)) {
            Entry entry = consumer.remove(setting);
            if (entry != null) {
                mistakes.add(Mistake.in(
                        entry,
                        "is the broker's to decide under group.protocol=consumer (see group.consumer.* there);"
                                + " it needs kafka.consumer.group.protocol=classic"));
            }
        }
    }
}
