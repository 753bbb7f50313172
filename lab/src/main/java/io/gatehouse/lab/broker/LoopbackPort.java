package io.gatehouse.lab.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

/** Finding out which ports of the loopback interface are free. */
public final class LoopbackPort {
    /**
     * Free ports are taken from below Linux's range for outgoing connections (32768 and up). From within that range, a
     * client that keeps trying to reach a stopped broker can be given the broker's own port as its source, connect to
     * itself, and keep the broker from coming back.
     */
    private static final int LOWEST = 20_000;

    private static final int BEYOND_HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private LoopbackPort() {}

    /** A port that was free a moment ago; whoever binds it must still expect to be beaten to it. */
    public static int free() {
        SplittableRandom random = new SplittableRandom();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = random.nextInt(LOWEST, BEYOND_HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port found between " + LOWEST + " and " + BEYOND_HIGHEST);
    }

    /** Whether nobody listens on this port of the loopback interface, or of all interfaces. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
