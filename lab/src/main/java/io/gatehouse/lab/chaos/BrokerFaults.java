package io.gatehouse.lab.chaos;

import io.gatehouse.lab.cluster.Node;
import io.gatehouse.lab.cluster.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What happens to brokers, and on the way to them. */
final class BrokerFaults {
    private static final Duration IN_ORDER = Duration.ofSeconds(60);
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration IN_SYNC_WITHIN = Duration.ofSeconds(90);
    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final Duration FROZEN = Duration.ofSeconds(12);
    private static final Duration LINK_BROKEN = Duration.ofSeconds(10);
    private static final Duration LINK_DELAY = Duration.ofMillis(300);
    private static final Duration DISK_DEAD_WITHIN = Duration.ofSeconds(30);

    private BrokerFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("broker-kill-leader", "SIGKILL of a partition's leader", 1, scene -> {
                    return kill(scene, leader(scene));
                }),
                new Fault("broker-kill-controller", "SIGKILL of the active controller", 1, scene -> {
                    return kill(scene, scene.cluster().controller());
                }),
                new Fault("broker-kill-coordinator", "SIGKILL of a worker's transaction coordinator", 1, scene -> {
                    return kill(scene, coordinator(scene));
                }),
                new Fault(
                        "brokers-rolling-restart",
                        "each broker stopped in order and started again, one after another",
                        1,
                        BrokerFaults::rollingRestart),
                new Fault("brokers-away", "all brokers killed, away for a minute", 1, BrokerFaults::allAway),
                new Fault("broker-freeze", "SIGSTOP of a broker for 12 s, then SIGCONT", 1, BrokerFaults::freeze),
                new Fault("disk-full", "no space left on one broker's disk", 1, BrokerFaults::diskFull),
                new Fault("link-cut", "all connections to a broker cut, and refused for 10 s", 1, scene -> {
                    return link(scene, TcpProxy::cut);
                }),
                new Fault("link-stall", "nothing moves on connections to a broker for 10 s", 1, scene -> {
                    return link(scene, TcpProxy::stall);
                }),
                new Fault("link-delay", "300 ms more each way to a broker for 10 s", 1, scene -> {
                    return link(scene, proxy -> proxy.delay(LINK_DELAY));
                }),
                new Fault("link-one-way", "requests to a broker, or its answers, lost for 10 s", 1, scene -> {
                    boolean toBroker = scene.chance().nextBoolean();
                    return link(scene, toBroker ? TcpProxy::loseToBroker : TcpProxy::loseToClient);
                }));
    }

    private static Node leader(Scene scene) {
        List<TopicPartition> partitions = scene.watch().partitions();
        TopicPartition any = partitions.get(scene.chance().nextInt(partitions.size()));
        return scene.cluster().leaderOf(any.topic(), any.partition());
    }

    private static Node coordinator(Scene scene) throws InterruptedException {
        Worker worker = scene.workers().any(scene.chance());
        List<String> ids = scene.transactions().idsOf(worker.process().instanceId());
        return ids.isEmpty()
                ? any(scene)
                : scene.cluster()
                        .coordinatorOfTransactions(ids.get(scene.chance().nextInt(ids.size())));
    }

    private static Node any(Scene scene) {
        List<Node> nodes = scene.cluster().nodes();
        return nodes.get(scene.chance().nextInt(nodes.size()));
    }

    private static Duration kill(Scene scene, Node node) throws InterruptedException {
        node.kill();
        Duration recovery = scene.recoverySince(System.nanoTime());
        startAgain(scene, node);
        return recovery;
    }

    private static void startAgain(Scene scene, Node node) throws InterruptedException {
        node.start();
        node.awaitReady(READY_WITHIN);
        // Another fault on top of this one would be one too many for what is replicated three times.
        scene.cluster().awaitInSync(IN_SYNC_WITHIN);
    }

    private static Duration rollingRestart(Scene scene) throws InterruptedException {
        for (Node node : scene.cluster().nodes()) {
            if (!node.stop(IN_ORDER)) {
                node.kill();
            }
            startAgain(scene, node);
        }
        return scene.recoverySince(System.nanoTime());
    }

    private static Duration allAway(Scene scene) throws InterruptedException {
        for (Node node : scene.cluster().nodes()) {
            node.kill();
        }
        Scene.hold(AWAY);
        for (Node node : scene.cluster().nodes()) {
            node.start();
        }
        long mendedNs = System.nanoTime();
        for (Node node : scene.cluster().nodes()) {
            node.awaitReady(READY_WITHIN);
        }
        Duration recovery = scene.recoverySince(mendedNs);
        scene.cluster().awaitInSync(IN_SYNC_WITHIN);
        return recovery;
    }

    private static Duration freeze(Scene scene) throws InterruptedException {
        Node node = any(scene);
        node.pause();
        try {
            Scene.hold(FROZEN);
        } finally {
            node.resume();
        }
        Duration recovery = scene.recoverySince(System.nanoTime());
        scene.cluster().awaitInSync(IN_SYNC_WITHIN);
        return recovery;
    }

    private static Duration diskFull(Scene scene) throws InterruptedException {
        if (scene.noSmallDisk() != null) {
            throw new LeftOut(scene.noSmallDisk());
        }
        Node node = scene.cluster().nodeOnSmallDisk();
        try {
            scene.cluster().fillDisk();
            long harmNs = System.nanoTime();
            if (!node.awaitEnd(DISK_DEAD_WITHIN)) {
                throw new NotSurvived("a broker without space left did not end; see " + node.log());
            }
            Duration recovery = scene.recoverySince(harmNs);
            scene.cluster().freeDisk();
            startAgain(scene, node);
            return recovery;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration link(Scene scene, Consumer<TcpProxy> breaking) throws InterruptedException {
        TcpProxy proxy = any(scene).proxy();
        breaking.accept(proxy);
        try {
            Scene.hold(LINK_BROKEN);
        } finally {
            proxy.mend();
        }
        return scene.recoverySince(System.nanoTime());
    }
}
