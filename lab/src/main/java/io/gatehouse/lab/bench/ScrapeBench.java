package io.gatehouse.lab.bench;

import com.sun.management.ThreadMXBean;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.broker.BrokerLogs;
import io.gatehouse.lab.broker.EmbeddedBroker;
import io.gatehouse.lab.generate.GeneratorRun;
import io.gatehouse.lab.generate.StreamSettings;
import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab bench scrape}: what it costs to be looked at. */
@Command(
        name = "scrape",
        description = {
            "Measures what a page of metrics costs while logins are judged: how long who asks for it waits, and the processor"
                    + " time of the threads that answer, as a share of one processor at one page a second.",
            "Broker, generator and pipeline are in one process. A first round is not counted. Not counted either is what"
                    + " collecting a page's garbage takes; how much that is stands beside it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab bench scrape",
            "  gatehouse lab bench scrape --partitions 128 --rate 20000 --pages 120 --rounds 5"
        })
public final class ScrapeBench implements Callable<Integer> {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final long SEED = 1;
    private static final int USERS = 200_000;

    /** As the HTTP server names its threads. */
    private static final String ANSWERING = "http";

    @Spec
    private CommandSpec spec;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Events a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--pages",
            paramLabel = "N",
            defaultValue = "60",
            description = "In a round, one a second. Default: ${DEFAULT-VALUE}.")
    private int pages;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** By the numbers of the threads that answer: some of them end on the way. */
    private final Map<Long, Spent> spent = new HashMap<>();

    private record Spent(long cpuNs, long bytes) {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (EmbeddedBroker broker = EmbeddedBroker.temporary().start()) {
            Pipeline pipeline = new Pipeline(
                    broker.bootstrap(),
                    "scrape",
                    partitions,
                    0,
                    Map.of("http.port", "0", "input.partitioning", "keyed", "log.level", "error"));
            pipeline.createTopics();
            BrokerLogs.onlyErrors();
            StreamSettings stream =
                    StreamSettings.realistic(SEED, Instant.now(), Duration.ofNanos(INTERVAL_NS / rate), USERS, 0);
            try (var running = io.gatehouse.app.Pipeline.start(pipeline.configuration());
                    GeneratorRun generator =
                            GeneratorRun.start(stream, pipeline.kafka(), pipeline.inputTopic(), "scrape", rate, 0)) {
                URI metrics = running.httpAddress().orElseThrow().resolve("/metrics");
                awaitAllPartitions(metrics);
                measure(out, metrics, generator);
            }
        } catch (ProcessException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
        return 0;
    }

    private void measure(PrintWriter out, URI metrics, GeneratorRun generator) throws Exception {
        line(out, "%s, Java %s, broker and generator in the same process", Machine.describe(), Runtime.version());
        String page = page(metrics);
        line(
                out,
                "%d partitions, %,d events/s; a page has %d series in %,d bytes",
                partitions,
                rate,
                page.lines().filter(row -> !row.startsWith("#")).count(),
                page.length());
        line(
                out,
                "%6s %10s %10s %10s %12s %14s",
                "round",
                "median ms",
                "p95 ms",
                "longest ms",
                "% of a core",
                "KB a page");
        round(out, "warm", metrics);
        for (int round = 1; round <= rounds; round++) {
            round(out, Integer.toString(round), metrics);
        }
        if (generator.failure() != null) {
            throw new ProcessException("the generator failed: " + generator.failure());
        }
    }

    private void round(PrintWriter out, String name, URI metrics) throws Exception {
        look();
        Spent before = total();
        long[] tookNs = new long[pages];
        long beginNs = System.nanoTime();
        for (int i = 0; i < pages; i++) {
            while (System.nanoTime() - beginNs < i * INTERVAL_NS) {
                LockSupport.parkNanos(beginNs + i * INTERVAL_NS - System.nanoTime());
            }
            long askedNs = System.nanoTime();
            page(metrics);
            tookNs[i] = System.nanoTime() - askedNs;
            look();
        }
        Spent after = total();
        Arrays.sort(tookNs);
        line(
                out,
                "%6s %10.1f %10.1f %10.1f %12.2f %,14.0f",
                name,
                tookNs[pages / 2] / 1e6,
                tookNs[pages * 95 / 100] / 1e6,
                tookNs[pages - 1] / 1e6,
                100.0 * (after.cpuNs() - before.cpuNs()) / (pages * INTERVAL_NS),
                (after.bytes() - before.bytes()) / 1024.0 / pages);
    }

    /** Notes what the threads that answer have spent so far. */
    private void look() {
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(ANSWERING)) {
                long id = thread.getThreadId();
                spent.put(id, new Spent(threads.getThreadCpuTime(id), threads.getThreadAllocatedBytes(id)));
            }
        }
    }

    private Spent total() {
        return spent.values().stream()
                .reduce(new Spent(0, 0), (a, b) -> new Spent(a.cpuNs() + b.cpuNs(), a.bytes() + b.bytes()));
    }

    private void awaitAllPartitions(URI metrics) throws Exception {
        long endNs = System.nanoTime() + READY_WITHIN.toNanos();
        while (page(metrics)
                        .lines()
                        .filter(row -> row.startsWith("gatehouse_in_total{"))
                        .count()
                < partitions) {
            if (System.nanoTime() - endNs > 0) {
                throw new ProcessException(
                        "not all partitions were taken over within " + READY_WITHIN.toSeconds() + " s");
            }
            LockSupport.parkNanos(INTERVAL_NS);
        }
    }

    private String page(URI metrics) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
