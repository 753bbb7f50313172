package io.gatehouse.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network between a client and a broker, both played by sockets. */
@Timeout(60)
class TcpProxyTest {
    private static final int A_MOMENT_MS = 200;
    private static final int PATIENCE_MS = 10_000;
    private static final byte[] LOST = {1, 2, 3};
    private static final byte[] KEPT = {4, 5, 6, 7};

    private ServerSocket broker;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        broker.setSoTimeout(PATIENCE_MS);
        proxy = TcpProxy.before(broker.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        broker.close();
    }

    /** Both ends of a connection through the proxy. */
    private record Connection(Socket client, Socket broker) implements Closeable {
        @Override
        public void close() throws IOException {
            client.close();
            broker.close();
        }
    }

    private Connection connect() throws IOException {
        Socket client = call();
        Socket accepted = broker.accept();
        accepted.setSoTimeout(PATIENCE_MS);
        return new Connection(client, accepted);
    }

    private Socket call() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(PATIENCE_MS);
        return client;
    }

    @Test
    void everyByteComesThroughInBothDirections() throws Exception {
        try (Connection connection = connect()) {
            assertPasses(connection.client(), connection.broker());
            assertPasses(connection.broker(), connection.client());
        }
    }

    @Test
    void aReceiverThatDoesNotReadHoldsTheSenderUpAndGetsEverythingLater() throws Exception {
        byte[] much = random(20_000_000);
        try (Connection connection = connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(connection.client(), much));
            assertPasses(connection.broker(), connection.client());
            assertThatThrownBy(() -> sent.get(A_MOMENT_MS, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(receive(connection.broker(), much.length)).isEqualTo(much);
        }
    }

    @Test
    void whoClosesIsSeenAtTheOtherEndAfterAllThatWasSent() throws Exception {
        try (Connection connection = connect()) {
            send(connection.client(), KEPT);
            connection.client().close();
            assertThat(connection.broker().getInputStream().readAllBytes()).isEqualTo(KEPT);
        }
    }

    @Test
    void aBrokerThatIsNotThereIsSeenAsAConnectionThatEnds() throws Exception {
        broker.close();
        try (Socket client = call()) {
            assertThat(isCut(client)).isTrue();
        }
    }

    @Test
    void aCutEndsConnectionsAndNewOnesUntilItIsMended() throws Exception {
        try (Connection connection = connect()) {
            proxy.cut();
            assertThat(isCut(connection.client())).isTrue();
            assertThat(isCut(connection.broker())).isTrue();
        }
        try (Socket client = call()) {
            assertThat(isCut(client)).isTrue();
        }
        proxy.mend();
        try (Connection connection = connect()) {
            assertPasses(connection.client(), connection.broker());
        }
    }

    @Test
    void aSingleCutLetsThoseWhoComeAgainPass() throws Exception {
        try (Connection connection = connect()) {
            proxy.cutOnce();
            assertThat(isCut(connection.client())).isTrue();
        }
        try (Connection connection = connect()) {
            assertPasses(connection.client(), connection.broker());
        }
    }

    @Test
    void aStallKeepsConnectionsAndBytesUntilItIsMended() throws Exception {
        try (Connection connection = connect()) {
            proxy.stall();
            send(connection.client(), LOST);
            send(connection.broker(), KEPT);
            assertThat(isSilent(connection.broker())).isTrue();
            assertThat(isSilent(connection.client())).isTrue();
            try (Socket another = call()) {
                assertThat(isSilent(another)).isTrue();
            }
            proxy.mend();
            assertThat(receive(connection.broker(), LOST.length)).isEqualTo(LOST);
            assertThat(receive(connection.client(), KEPT.length)).isEqualTo(KEPT);
        }
    }

    @Test
    void aDelayLetsBytesArriveLaterAndInTheirOrder() throws Exception {
        Duration delay = Duration.ofMillis(300);
        byte[] much = random(1_000_000);
        try (Connection connection = connect()) {
            proxy.delay(delay);
            long begunNs = System.nanoTime();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(connection.client(), much));
            assertThat(receive(connection.broker(), 1)[0]).isEqualTo(much[0]);
            assertThat(Duration.ofNanos(System.nanoTime() - begunNs)).isGreaterThanOrEqualTo(delay);
            proxy.mend();
            byte[] rest = receive(connection.broker(), much.length - 1);
            assertThat(rest).isEqualTo(Arrays.copyOfRange(much, 1, much.length));
            assertThat(sent).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatClientsSendIsLostWhileAnswersPassAndTheConnectionEndsWithTheMend() throws Exception {
        try (Connection connection = connect();
                Connection untouched = connect()) {
            proxy.loseToBroker();
            send(connection.client(), LOST);
            assertThat(isSilent(connection.broker())).isTrue();
            assertPasses(connection.broker(), connection.client());
            proxy.mend();
            assertThat(isCut(connection.client())).isTrue();
            assertThat(isCut(connection.broker())).isTrue();
            assertPasses(untouched.client(), untouched.broker());
        }
    }

    @Test
    void whatTheBrokerSendsIsLostWhileRequestsPass() throws Exception {
        try (Connection connection = connect()) {
            proxy.loseToClient();
            send(connection.broker(), LOST);
            assertThat(isSilent(connection.client())).isTrue();
            assertPasses(connection.client(), connection.broker());
        }
    }

    @Test
    void aDelayBeyondAllUseIsRefused() {
        assertThatThrownBy(() -> proxy.delay(Duration.ofMinutes(1))).hasMessageContaining("at most PT10S");
        assertThatThrownBy(() -> proxy.delay(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertPasses(Socket from, Socket to) throws IOException {
        send(from, KEPT);
        assertThat(receive(to, KEPT.length)).isEqualTo(KEPT);
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] receive(Socket socket, int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** Whether nothing comes for a moment, and the connection stays. */
    private static boolean isSilent(Socket socket) throws IOException {
        socket.setSoTimeout(A_MOMENT_MS);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MS);
        }
    }

    private static boolean isCut(Socket socket) throws SocketTimeoutException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            return true;
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
