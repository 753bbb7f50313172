package io.gatehouse.lab.cluster;

import io.gatehouse.lab.broker.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A port of 127.0.0.1 before another one, and what may befall the network between the two. All its connections are on one
 * thread.
 *
 * <p>Each method that changes what befalls them returns when that holds. It takes the place of what befell them before.
 */
public final class TcpProxy implements AutoCloseable {
    /** The longest delay: beyond it, clients give their requests up, and nothing passes at all. */
    public static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    /** More are cut at once. Three workers have some thirty. */
    private static final int MOST_LINKS = 256;

    /** How many connections the system completes before they are accepted: a stalled network's newcomers. */
    private static final int BACKLOG = 128;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BIND_ATTEMPTS = 3;
    private static final long CHANGED_WITHIN_S = 10;

    private final InetSocketAddress broker;
    private final ServerSocketChannel listening;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosed;

    /** The rest belongs to the thread. */
    private final List<Link> links = new ArrayList<>();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private Weather weather = Weather.FAIR;

    private TcpProxy(int port) throws IOException {
        broker = loopback(port);
        listening = bind();
        selector = Selector.open();
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::run, "proxy-before-" + port);
        thread.setDaemon(true);
    }

    /** A proxy on a free port, which lets everything pass. */
    public static TcpProxy before(int port) throws IOException {
        TcpProxy proxy = new TcpProxy(port);
        proxy.thread.start();
        return proxy;
    }

    private static ServerSocketChannel bind() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        for (int attempt = 1; ; attempt++) {
            try {
                return channel.bind(loopback(LoopbackPort.free()), BACKLOG);
            } catch (IOException beatenToIt) {
                if (attempt == BIND_ATTEMPTS) {
                    channel.close();
                    throw beatenToIt;
                }
            }
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Where it listens. */
    public int port() {
        return listening.socket().getLocalPort();
    }

    /** Cuts all connections, and each new one as soon as it comes. */
    public void cut() {
        become(Weather.CUT, true);
    }

    /** Cuts all connections; those who come again pass. */
    public void cutOnce() {
        become(Weather.FAIR, true);
    }

    /** Nothing moves in either direction, and no connection ends; those who come are kept waiting. */
    public void stall() {
        become(Weather.STALL, false);
    }

    /**
     * What passes does so later, in each direction, and in its order. A connection then passes 256 KiB in that time at the
     * most.
     *
     * @param delay more than zero, and at most {@link #LONGEST_DELAY}
     */
    public void delay(Duration delay) {
        if (delay.isNegative() || delay.isZero() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "A delay is more than 0 and at most " + LONGEST_DELAY + ", not " + delay);
        }
        become(Weather.delay(delay), false);
    }

    /** Loses what clients send, while what the broker sends passes. */
    public void loseToBroker() {
        become(Weather.LOSES_TO_BROKER, false);
    }

    /** Loses what the broker sends, while what clients send passes. */
    public void loseToClient() {
        become(Weather.LOSES_TO_CLIENT, false);
    }

    /** Everything passes. */
    public void mend() {
        become(Weather.FAIR, false);
    }

    /**
     * A connection that has lost bytes is cut whenever the weather changes: TCP would have repeated them, and without them
     * the next ones would be read as the middle of what was lost.
     */
    private void become(Weather next, boolean cutAll) {
        onThread(() -> {
            weather = next;
            links.stream().filter(link -> cutAll || link.hasLost()).forEach(Link::cut);
        });
    }

    private void onThread(Runnable change) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        changes.add(() -> {
            change.run();
            // Only now are the sockets of what was cut really closed.
            selectNow();
            done.complete(null);
        });
        selector.wakeup();
        try {
            done.get(CHANGED_WITHIN_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The proxy on port " + port() + " has ended", e);
        }
    }

    private void selectNow() {
        try {
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        try (selector;
                listening) {
            while (!isClosed) {
                await();
                turn(System.nanoTime());
            }
            links.forEach(Link::cut);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(long nowNs) throws IOException {
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            change.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            onReady(key, nowNs);
        }
        selector.selectedKeys().clear();
        links.forEach(link -> orCut(link, () -> link.settle(weather, nowNs)));
        links.removeIf(link -> !link.isOpen());
    }

    private void await() throws IOException {
        listening.keyFor(selector).interestOps(weather.stalls() ? 0 : SelectionKey.OP_ACCEPT);
        long nowNs = System.nanoTime();
        long ns = weather.stalls()
                ? Long.MAX_VALUE
                : links.stream()
                        .mapToLong(link -> link.nsUntilDue(nowNs))
                        .filter(untilDue -> untilDue > 0)
                        .min()
                        .orElse(Long.MAX_VALUE);
        // In whole milliseconds, of which 0 would be for ever.
        selector.select(ns == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(ns) + 1);
    }

    private void onReady(SelectionKey key, long nowNs) throws IOException {
        // What was ready before it was cut, or before the stall, is so no longer.
        if (!key.isValid() || weather.stalls()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
        } else {
            Link link = (Link) key.attachment();
            orCut(link, () -> link.onReady(key, weather, buffer, nowNs));
        }
    }

    private void accept() throws IOException {
        SocketChannel client = listening.accept();
        if (client == null) {
            return;
        }
        Link link = new Link(client, selector);
        links.add(link);
        if (weather.cuts() || links.size() > MOST_LINKS) {
            link.cut();
        } else {
            orCut(link, () -> link.connect(broker));
        }
    }

    /** What a link does to its sockets. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** An error at one end is passed on to the other one. */
    private static void orCut(Link link, Step step) {
        try {
            if (link.isOpen()) {
                step.run();
            }
        } catch (IOException e) {
            link.cut();
        }
    }

    /** Cuts all connections, and listens no longer. */
    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
