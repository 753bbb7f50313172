package io.gatehouse.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What is chosen by looking at the machine. */
public final class Machine {
    /** More partitions' worth of work in one process is better given to a second process, which fails by itself. */
    private static final int MAX_SUITABLE_WORKERS = 8;

    private static final int MAX_HOST_LENGTH = 60;

    private Machine() {}

    /** Half the processors: a worker keeps one busy, and its clients' network threads most of another. */
    static int suitableWorkers() {
        int half = Runtime.getRuntime().availableProcessors() / 2;
        return Math.max(1, Math.min(MAX_SUITABLE_WORKERS, half));
    }

    /** A quarter of the processors: routing a login takes less than half of what judging it does. */
    static int suitableRouters() {
        return Math.max(1, suitableWorkers() / 2);
    }

    /**
     * The host's name and four random bytes: readable in the broker's logs, and another one at each start, so that no
     * two living processes ever share it.
     */
    static String freshInstanceId() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return hostName() + "-" + HexFormat.of().formatHex(random);
    }

    /**
     * At most 60 letters, digits and hyphens. Read from where the system keeps it: asking the resolver can take seconds on
     * a machine without DNS.
     */
    public static String hostName() {
        String name = System.getenv().getOrDefault("HOSTNAME", "");
        if (name.isBlank()) {
            try {
                name = Files.readString(Path.of("/etc/hostname")).strip();
            } catch (IOException e) {
                name = "host";
            }
        }
        String allowed = name.replaceAll("[^a-zA-Z0-9-]", "-").replaceAll("^-+", "");
        String bounded = allowed.substring(0, Math.min(allowed.length(), MAX_HOST_LENGTH));
        return bounded.isEmpty() ? "host" : bounded;
    }
}
