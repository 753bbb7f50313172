package io.gatehouse.lab.cluster;

import io.gatehouse.lab.broker.NodeSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The settings of one broker of the three. To those of any node they add a listener that stands behind a proxy and asks
 * for a name, rights by name, and timeouts by which the others soon do without one that is gone.
 */
final class MemberSettings {
    /** The user that workers are. */
    static final String USER = "gatehouse";

    private static final String CLIENT_LISTENER = "CLIENT";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    /** Keeps nothing out: nobody but this machine reaches the brokers. */
    private static final String PASSWORD = "gatehouse";

    private MemberSettings() {}

    /** Where a broker listens: each a port of 127.0.0.1. */
    record Ports(int client, int direct, int controller) {
        static final int EACH = 3;
    }

    /**
     * @param number 1 for the first
     * @param ports of all three, in their order
     * @param proxyPort where its clients find the proxy that stands before it
     */
    static Map<String, Object> of(int number, List<Ports> ports, int proxyPort, Path dataDir) {
        Ports own = ports.get(number - 1);
        List<Integer> controllers = ports.stream().map(Ports::controller).toList();
        Map<String, Object> settings = NodeSettings.of(number, own.direct(), controllers, dataDir);
        clientListener(settings, own.client(), proxyPort);
        rights(settings);
        quickFailover(settings);
        return settings;
    }

    /** What clients of that listener are told: who they are, and how they say it. */
    static Map<String, String> login() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + " username=\"" + USER + "\" password=\"" + PASSWORD + "\";");
    }

    private static void clientListener(Map<String, Object> settings, int port, int proxyPort) {
        append(settings, "listeners", CLIENT_LISTENER + "://127.0.0.1:" + port);
        append(settings, "advertised.listeners", CLIENT_LISTENER + "://127.0.0.1:" + proxyPort);
        append(settings, "listener.security.protocol.map", CLIENT_LISTENER + ":SASL_PLAINTEXT");
        settings.put("listener.name.client.sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.client.plain.sasl.jaas.config", LOGIN + " user_" + USER + "=\"" + PASSWORD + "\";");
    }

    private static void append(Map<String, Object> settings, String setting, String more) {
        settings.merge(setting, more, (before, added) -> before + "," + added);
    }

    /** Whoever comes past the proxies, peers too, has no name there and may do everything. */
    private static void rights(Map<String, Object> settings) {
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
    }

    private static void quickFailover(Map<String, Object> settings) {
        // What a dead broker led is led by another one after this long: only its silence tells, not its closed
        // connections. Kafka's 9 s would be most of the 30 s that recovery may take, since after the death of the
        // controller itself its successor grants everybody that time anew. Much less, and a busy machine's pauses would
        // count as deaths.
        settings.put("broker.session.timeout.ms", "5000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // Committed records must not be given up for a leader.
        settings.put("unclean.leader.election.enable", "false");
        // Every acknowledgement waits for a broker that has stopped until it no longer counts as in sync. Kafka's 30 s
        // are for networks between sites; less than the session would put out brokers that are merely slow.
        settings.put("replica.lag.time.max.ms", "5000");
        // The successor of a controller that has stopped is elected in two to three seconds; what brokers had asked the
        // old one, for themselves or for clients, goes to the new one after this long. Kafka waits 30 s.
        settings.put("controller.socket.timeout.ms", "3000");
        // The same for the end of a transaction that a stopped broker was told of: until another one has it, nobody
        // reads on.
        settings.put("request.timeout.ms", "5000");
    }
}
