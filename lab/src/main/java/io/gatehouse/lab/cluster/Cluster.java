package io.gatehouse.lab.cluster;

import io.gatehouse.lab.broker.LoopbackPort;
import io.gatehouse.lab.cluster.MemberSettings.Ports;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

/**
 * Three Kafka brokers on this machine, each a controller too, in processes of their own. Everything is replicated to all
 * three and may be written as long as two are there. Workers come through the brokers' proxies, as a user whose rights can
 * be withdrawn; whoever drives and checks comes past both.
 *
 * <p>What is asked of the cluster throws {@link ProcessException} when it does not answer within half a minute.
 */
public final class Cluster implements AutoCloseable {
    private static final int SIZE = 3;
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final List<Node> nodes = new ArrayList<>();
    private final List<Ports> ports = new ArrayList<>();
    /** Null until they are ready: while there is nobody, it would ask all the time. */
    private ClusterAdmin admin;

    /** Null where no node has one. */
    private SmallDisk disk;

    private Cluster() {
        Set<Integer> free = new LinkedHashSet<>();
        while (free.size() < SIZE * Ports.EACH) {
            free.add(LoopbackPort.free());
        }
        for (Iterator<Integer> next = free.iterator(); next.hasNext(); ) {
            ports.add(new Ports(next.next(), next.next(), next.next()));
        }
    }

    /**
     * A new cluster below a directory that is empty or missing; returns when it can be used.
     *
     * @throws ProcessException if it does not start; its logs lie in the directory
     */
    public static Cluster start(Path directory) {
        return start(directory, 0);
    }

    /**
     * The same, but the data of the last node lie on a disk of their own, which can be made full.
     *
     * @param megabytes its size; as much of it as is used is taken from this machine's memory
     * @throws FaultImpossible if this process may not mount anything
     */
    public static Cluster startWithSmallDisk(Path directory, int megabytes) {
        return start(directory, megabytes);
    }

    private static Cluster start(Path directory, int diskMegabytes) {
        Cluster cluster = new Cluster();
        try {
            cluster.makeNodes(directory.toAbsolutePath());
            if (diskMegabytes > 0) {
                cluster.disk = SmallDisk.mount(cluster.nodeOnSmallDisk().dataDir(), diskMegabytes);
            }
            cluster.nodes.forEach(Node::start);
            cluster.nodes.forEach(node -> node.awaitReady(STARTED_WITHIN));
            cluster.admin = new ClusterAdmin(cluster.bootstrap());
            cluster.admin.grantAll(MemberSettings.USER);
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException("The cluster's directory " + directory + " cannot be used", e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void makeNodes(Path directory) throws IOException {
        String clusterId = Uuid.randomUuid().toString();
        for (int number = 1; number <= SIZE; number++) {
            Path own = Files.createDirectories(directory.resolve("broker-" + number));
            TcpProxy proxy = TcpProxy.before(ports.get(number - 1).client());
            Node node = new Node(number, own, clusterId, proxy);
            nodes.add(node);
            Files.createDirectories(node.dataDir());
            node.settings(MemberSettings.of(number, ports, proxy.port(), node.dataDir()));
        }
    }

    /** What clients need that come past the proxies; they may do everything. */
    public Map<String, Object> direct() {
        return Map.of("bootstrap.servers", bootstrap());
    }

    private String bootstrap() {
        return addresses(ports.stream().mapToInt(Ports::direct));
    }

    /** Gatehouse's settings for workers, which come through the proxies. */
    public Map<String, String> forWorkers() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap.servers", addresses(nodes.stream().mapToInt(node -> node.proxy()
                .port())));
        MemberSettings.login().forEach((name, value) -> settings.put("kafka." + name, value));
        return settings;
    }

    private static String addresses(IntStream ports) {
        return ports.mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** All three, by number. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    private Node node(int number) {
        return nodes.get(number - 1);
    }

    /** Who leads a partition now. */
    public Node leaderOf(String topic, int partition) {
        return node(admin.leaderOf(topic, partition));
    }

    /** Who leads the controllers now. */
    public Node controller() {
        return node(admin.controller());
    }

    /** Who coordinates a group now; only once some group has committed an offset. */
    public Node coordinatorOfGroup(String group) {
        return coordinator(Topic.GROUP_METADATA_TOPIC_NAME, group);
    }

    /** Who coordinates a producer's transactions now; only once there has been a transaction. */
    public Node coordinatorOfTransactions(String transactionalId) {
        return coordinator(Topic.TRANSACTION_STATE_TOPIC_NAME, transactionalId);
    }

    /** The leader of the partition that Kafka keeps something with this name in. */
    private Node coordinator(String topic, String name) {
        return leaderOf(topic, Utils.abs(name.hashCode()) % admin.partitionsOf(topic));
    }

    /**
     * Waits until every replica of every partition is in sync, so that one more broker may go.
     *
     * @throws ProcessException if that takes longer
     */
    public void awaitInSync(Duration longest) {
        long untilNs = System.nanoTime() + longest.toNanos();
        while (!admin.isInSync()) {
            if (System.nanoTime() - untilNs > 0) {
                throw new ProcessException("the replicas are not in sync after " + longest.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    /** Takes from the workers' user all rights on a topic; brokers know it within a second. */
    public void withdraw(String topic) {
        admin.deny(MemberSettings.USER, topic);
    }

    /** Gives them back. */
    public void restore(String topic) {
        admin.denyNoMore(MemberSettings.USER, topic);
    }

    /** The node whose disk can be made full. */
    public Node nodeOnSmallDisk() {
        return node(SIZE);
    }

    /** Nothing more can be written to that node's disk: the broker ends by itself at its next write. */
    public void fillDisk() throws IOException {
        smallDisk().fill();
    }

    /** There is room again; the broker has to be started. */
    public void freeDisk() throws IOException {
        smallDisk().free();
    }

    private SmallDisk smallDisk() {
        if (disk == null) {
            throw new IllegalStateException("The cluster was started without a small disk");
        }
        return disk;
    }

    /** Kills what runs; what lies in the directory stays, but for what was on the small disk. */
    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        nodes.forEach(Node::close);
        if (disk != null) {
            disk.close();
        }
    }
}
