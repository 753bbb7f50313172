package io.gatehouse.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings from environment variables: {@code GATEHOUSE_} and the key in capitals, with an underscore for each dot and
 * hyphen. For Kafka's keys, whose names have neither hyphens nor underscores, each underscore is a dot.
 */
final class Environment {
    /** Names the configuration file where no option does. */
    static final String CONFIG = "GATEHOUSE_CONFIG";

    private static final String PREFIX = "GATEHOUSE_";
    private static final String KAFKA_PREFIX = "GATEHOUSE_KAFKA_";

    /** Read by the launcher or by this class, so no keys. */
    private static final Set<String> NOT_KEYS = Set.of(CONFIG, "GATEHOUSE_OPTS");

    /**
     * What Kubernetes puts into every container's environment when a service is called gatehouse, or gatehouse-something:
     * names that no user chose.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "\\w+_SERVICE_HOST|\\w+_SERVICE_PORT(_\\w+)?|\\w+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private Environment() {}

    static String nameOf(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** What the variables set, in order of their names; variables that set nothing known are reported. */
    static List<Entry> read(Map<String, String> variables, List<Mistake> mistakes) {
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(variables).forEach((name, value) -> {
            if (!name.startsWith(PREFIX) || NOT_KEYS.contains(name)) {
                return;
            }
            Optional<String> key = keyOf(name);
            if (key.isPresent()) {
                entries.add(new Entry(key.get(), value.strip(), "environment " + name));
            } else if (!isServiceLink(name, value)) {
                mistakes.add(Mistake.unknown(name, "environment", unknown(name)));
            }
        });
        return entries;
    }

    private static Optional<String> keyOf(String name) {
        if (name.startsWith(KAFKA_PREFIX) && name.length() > KAFKA_PREFIX.length()) {
            return Optional.of(
                    name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'));
        }
        return Keys.ALL.stream()
                .filter(key -> key.environmentName().equals(name))
                .<String>map(Key::name)
                .findFirst();
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches();
    }

    private static String unknown(String name) {
        List<String> names = Keys.ALL.stream().map(Key::environmentName).toList();
        return "sets no known key"
                + NearMiss.of(name, names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }
}
