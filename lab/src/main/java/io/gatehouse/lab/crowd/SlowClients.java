package io.gatehouse.lab.crowd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients of one server, on one thread. Half of them send a request that never ends, a byte a second; the others send
 * a whole one and do not read the answer. Who is cut, or has waited long enough, comes again.
 */
public final class SlowClients implements AutoCloseable {
    private static final long TURN_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    /** Of a client that does not read: it would not see that it has been cut. */
    private static final int MOST_TURNS_UNREAD = 15;

    private static final int SMALLEST_BUFFER_BYTES = 2048;
    private static final byte[] ENDLESS = "GET /api/stats HTTP/1.1\r\nHost: slow\r\nX-Slow: ".getBytes(US_ASCII);
    private static final byte[] WHOLE = "GET /api/stats HTTP/1.1\r\nHost: slow\r\n\r\n".getBytes(US_ASCII);

    private final InetSocketAddress server;
    private final List<Client> clients = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "slow-clients");
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong cut = new AtomicLong();
    private volatile boolean isOver;

    private SlowClients(InetSocketAddress server, int count) {
        this.server = server;
        for (int i = 0; i < count; i++) {
            clients.add(new Client(i % 2 == 0));
        }
        thread.setDaemon(true);
    }

    /** Sends so many clients to a server's address, until they are closed. */
    public static SlowClients start(URI server, int count) {
        SlowClients clients = new SlowClients(new InetSocketAddress(server.getHost(), server.getPort()), count);
        clients.thread.start();
        return clients;
    }

    /** How many are connected now, as they see it: the server may not have accepted all of them. */
    public int connected() {
        return connected.get();
    }

    /** How often the server has ended a connection before its request was complete. */
    public long cut() {
        return cut.get();
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        // One after another, so that a second's turns are spread over the second.
        for (int i = 0; !isOver && !clients.isEmpty(); i = (i + 1) % clients.size()) {
            clients.get(i).turn();
            LockSupport.parkNanos(TURN_EVERY_NS / clients.size());
        }
        clients.forEach(Client::leave);
    }

    /** One of them. */
    private final class Client {
        private final boolean sendsSlowly;
        /** Null where it has yet to come. */
        private SocketChannel channel;

        private int turns;

        private Client(boolean sendsSlowly) {
            this.sendsSlowly = sendsSlowly;
        }

        private void turn() {
            try {
                if (channel == null) {
                    come();
                } else if (channel.isConnectionPending()) {
                    arrive();
                } else if (sendsSlowly) {
                    sendOneByte();
                } else if (++turns > MOST_TURNS_UNREAD) {
                    leave();
                }
            } catch (IOException e) {
                seeItselfCut();
            }
        }

        private void come() throws IOException {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALLEST_BUFFER_BYTES);
            channel.connect(server);
            turns = 0;
        }

        private void arrive() throws IOException {
            if (channel.finishConnect()) {
                connected.incrementAndGet();
                channel.write(ByteBuffer.wrap(sendsSlowly ? ENDLESS : WHOLE));
            }
        }

        private void sendOneByte() throws IOException {
            channel.write(ByteBuffer.wrap(new byte[] {'a'}));
            if (channel.read(ByteBuffer.allocate(SMALLEST_BUFFER_BYTES)) < 0) {
                seeItselfCut();
            }
        }

        private void seeItselfCut() {
            if (channel.isConnected()) {
                cut.incrementAndGet();
            }
            leave();
        }

        private void leave() {
            if (channel == null) {
                return;
            }
            if (channel.isConnected()) {
                connected.decrementAndGet();
            }
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            channel = null;
        }
    }
}
