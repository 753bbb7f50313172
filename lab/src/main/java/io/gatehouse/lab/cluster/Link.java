package io.gatehouse.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One client's connection through a proxy. Belongs to its proxy's thread. */
final class Link {
    private final SocketChannel client;
    private final SocketChannel broker;
    private final SelectionKey clientKey;
    private final SelectionKey brokerKey;
    private final Flow toBroker;
    private final Flow toClient;

    Link(SocketChannel client, Selector selector) throws IOException {
        this.client = client;
        broker = SocketChannel.open();
        clientKey = register(client, selector);
        brokerKey = register(broker, selector);
        toBroker = new Flow(client, broker);
        toClient = new Flow(broker, client);
    }

    private SelectionKey register(SocketChannel channel, Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel.register(selector, 0, this);
    }

    void connect(SocketAddress address) throws IOException {
        broker.connect(address);
    }

    boolean isOpen() {
        return client.isOpen();
    }

    boolean hasLost() {
        return toBroker.hasLost() || toClient.hasLost();
    }

    /** Does what one of its two sockets is ready for, but writing. */
    void onReady(SelectionKey key, Weather weather, ByteBuffer buffer, long nowNs) throws IOException {
        if (key.isConnectable()) {
            broker.finishConnect();
        } else if (key.isReadable()) {
            boolean isFromClient = key == clientKey;
            Flow flow = isFromClient ? toBroker : toClient;
            if (isFromClient ? weather.losesToBroker() : weather.losesToClient()) {
                flow.lose(buffer);
            } else {
                flow.take(buffer, nowNs, weather.delayNs());
            }
        }
    }

    /** Writes what is due, and says what it waits for next. */
    void settle(Weather weather, long nowNs) throws IOException {
        if (broker.isConnectionPending()) {
            brokerKey.interestOps(SelectionKey.OP_CONNECT);
            return;
        }
        if (weather.stalls()) {
            clientKey.interestOps(0);
            brokerKey.interestOps(0);
            return;
        }
        toBroker.pass(nowNs);
        toClient.pass(nowNs);
        if (toBroker.isOver() || toClient.isOver()) {
            // Kafka's clients and brokers never close one direction only.
            close();
            return;
        }
        clientKey.interestOps(interest(toBroker, toClient, nowNs));
        brokerKey.interestOps(interest(toClient, toBroker, nowNs));
    }

    private static int interest(Flow in, Flow out, long nowNs) {
        return (in.hasRoom() ? SelectionKey.OP_READ : 0) | (out.isDue(nowNs) ? SelectionKey.OP_WRITE : 0);
    }

    long nsUntilDue(long nowNs) {
        return Math.min(toBroker.nsUntilDue(nowNs), toClient.nsUntilDue(nowNs));
    }

    /** Both ends learn by a reset that it is gone, with whatever was on its way. */
    void cut() {
        try {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            broker.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException gone) {
            // One of them is closed already, and needs no reset.
        }
        close();
    }

    private void close() {
        try {
            client.close();
            broker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
