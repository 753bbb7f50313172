package io.gatehouse.lab.compare;

import io.gatehouse.lab.bench.PythonPeer;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.lab.process.ChildProcess;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All contestants that there are. */
final class Contestants {
    private static final String THREADS = "threads";
    /** For every Java, so that small pages do not slow one of them and not another. */
    private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";
    /** The collector that stores of references cost least with, and half of the heap for what does not live long. */
    private static final Map<String, String> PARALLEL =
            Map.of(Contestant.JVM, HUGE_PAGES + " -XX:+UseParallelGC -XX:NewRatio=1");

    /** Longer than any round's. */
    private static final Duration COMPILES_ITSELF = Duration.ofMinutes(1);
    /** Python compiles nothing as it runs. */
    private static final Duration BEGINS_AT_ONCE = Duration.ofSeconds(5);

    private static final String PEERS = "io.gatehouse.peers.";

    private Contestants() {}

    /** By name, in the order in which they take their turns. */
    static Map<String, Contestant> all() {
        Contestant keyed = ours("gatehouse-keyed", "Gatehouse", KeyChoice.USER, null, Contestants::gatehouse);
        Contestant rekeying =
                ours("gatehouse-rekey", "Gatehouse, re-keying", KeyChoice.RANDOM, null, Contestants::gatehouse);
        List<Contestant> all = List.of(
                ours("copy-keyed", "a plain copy", KeyChoice.USER, keyed, Contestants::copy),
                keyed,
                peer(
                        "streams",
                        "Kafka Streams",
                        peerProgramme(Peers.jar(), "streams.StreamsPeer"),
                        Map.of(Contestant.JVM, HUGE_PAGES, THREADS, "2", "store", "memory", "cache.mb", "0"),
                        List.of(
                                Map.of(THREADS, "1"),
                                Map.of(THREADS, "4"),
                                Map.of("store", "rocksdb"),
                                Map.of("store", "rocksdb", "cache.mb", "64"),
                                Map.of("cache.mb", "64"),
                                Map.of("poll.records", "500"),
                                PARALLEL)),
                peer(
                        "flink",
                        "Flink",
                        peerProgramme(Peers.flinkJar(), "flink.FlinkPeer"),
                        Map.of(Contestant.JVM, HUGE_PAGES, THREADS, "2", "backend", "hashmap"),
                        List.of(
                                Map.of(THREADS, "1"),
                                Map.of(THREADS, "4"),
                                Map.of("backend", "rocksdb"),
                                Map.of("unaligned", "true"),
                                Map.of("batch.size", "65536"),
                                PARALLEL)),
                peer(
                        "core-in-streams",
                        "Gatehouse's core in Kafka Streams",
                        Contestants::coreInStreams,
                        Map.of(Contestant.JVM, HUGE_PAGES, THREADS, "2"),
                        List.of(Map.of(THREADS, "1"), Map.of(THREADS, "4"), PARALLEL)),
                ours("copy-rekey", "two plain copies", KeyChoice.RANDOM, rekeying, Contestants::copy),
                rekeying,
                weaker(
                        "spring",
                        "Spring Kafka",
                        1,
                        COMPILES_ITSELF,
                        Map.of(Contestant.JVM, HUGE_PAGES, THREADS, "2"),
                        List.of(Map.of(THREADS, "1"), Map.of(THREADS, "4"), PARALLEL),
                        peerProgramme(Peers.jar(), "spring.SpringPeer")),
                weaker("python", "Python, one process", 1, BEGINS_AT_ONCE, Map.of(), List.of(), Contestants::python),
                weaker(
                        "python-2",
                        "Python, two processes",
                        2,
                        BEGINS_AT_ONCE,
                        Map.of(),
                        List.of(),
                        Contestants::python));
        Map<String, Contestant> byName = new LinkedHashMap<>();
        all.forEach(contestant -> byName.put(contestant.name(), contestant));
        return byName;
    }

    private static Contestant ours(String name, String title, KeyChoice key, Contestant model, Programme programme) {
        return new Contestant(
                name,
                title,
                Guarantee.EXACTLY_ONCE,
                key,
                1,
                COMPILES_ITSELF,
                Map.of(Contestant.JVM, HUGE_PAGES, THREADS, "2"),
                List.of(Map.of(THREADS, "3"), PARALLEL),
                model,
                programme);
    }

    /** Gatehouse whose journal is made and not sent; it takes no part in the comparison. */
    static Contestant unjournaled() {
        return ours(
                "gatehouse-unjournaled",
                "Gatehouse without its journal",
                KeyChoice.USER,
                null,
                (ground, number, knobs, log) ->
                        process(UnjournaledProcess.class, List.of(), ground, number, knobs, log));
    }

    private static Contestant peer(
            String name,
            String title,
            Programme programme,
            Map<String, String> knobs,
            List<Map<String, String>> variants) {
        return new Contestant(
                name,
                title,
                Guarantee.EXACTLY_ONCE,
                KeyChoice.USER,
                1,
                COMPILES_ITSELF,
                knobs,
                variants,
                null,
                programme);
    }

    private static Contestant weaker(
            String name,
            String title,
            int processes,
            Duration longestWarmUp,
            Map<String, String> knobs,
            List<Map<String, String>> variants,
            Programme programme) {
        return new Contestant(
                name,
                title,
                Guarantee.AT_LEAST_ONCE,
                KeyChoice.USER,
                processes,
                longestWarmUp,
                knobs,
                variants,
                null,
                programme);
    }

    private static WorkerProcess gatehouse(Ground ground, int number, Map<String, String> knobs, Path log) {
        return ground.pipeline(settings(ground, knobs)).worker(number, log);
    }

    private static WorkerProcess copy(Ground ground, int number, Map<String, String> knobs, Path log) {
        return process(CopyProcess.class, List.of(ground.outputs().toString()), ground, number, knobs, log);
    }

    /** One whose last arguments are Gatehouse's settings. */
    private static WorkerProcess process(
            Class<?> main, List<String> first, Ground ground, int number, Map<String, String> knobs, Path log) {
        List<String> arguments = new ArrayList<>(first);
        arguments.addAll(ground.pipeline(settings(ground, knobs)).definitions());
        List<String> command = ChildProcess.java(heap(ground), main, arguments.toArray(String[]::new));
        return new WorkerProcess(number, (instanceId, life) -> command, log);
    }

    private static Map<String, String> settings(Ground ground, Map<String, String> knobs) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("input.partitioning", ground.isRekeyed() ? "rekey" : "keyed");
        knobs.forEach((knob, value) -> {
            if (!knob.equals(Contestant.JVM)) {
                settings.put(knob.equals(THREADS) ? "worker.threads" : knob, value);
            }
        });
        return settings;
    }

    /** It reads the table that Gatehouse itself does. */
    private static WorkerProcess coreInStreams(Ground ground, int number, Map<String, String> knobs, Path log)
            throws IOException {
        Map<String, String> more = new LinkedHashMap<>(knobs);
        more.put("places", ground.table().toString());
        more.put("sessions", ground.sessions());
        return peerProgramme(Peers.jar(), "streams.CoreInStreams").process(ground, number, more, log);
    }

    private static Programme peerProgramme(Path jar, String main) {
        return (ground, number, knobs, log) -> {
            List<String> command =
                    ChildProcess.java(heap(ground), jar.toString(), PEERS + main, keyValues(arguments(ground, knobs)));
            return new WorkerProcess(number, (instanceId, life) -> command, log);
        };
    }

    /** All of the heap from the beginning, as Gatehouse's own has it. */
    private static List<String> heap(Ground ground) {
        return List.of("-Xms" + ground.heapMegabytes() + "m", "-Xmx" + ground.heapMegabytes() + "m");
    }

    private static WorkerProcess python(Ground ground, int number, Map<String, String> knobs, Path log)
            throws IOException {
        List<String> command = PythonPeer.command(ground.directory(), arguments(ground, knobs));
        return new WorkerProcess(number, (instanceId, life) -> command, log);
    }

    private static Map<String, String> arguments(Ground ground, Map<String, String> knobs) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("bootstrap.servers", ground.bootstrap());
        arguments.put("application", ground.application());
        arguments.put("input", ground.input());
        arguments.put("processed", ground.processed());
        arguments.put("dead-letters", ground.deadLetters());
        arguments.put("partitions", Integer.toString(ground.partitions()));
        arguments.put(
                "commit.interval.ms", Long.toString(ground.commitInterval().toMillis()));
        arguments.put("places", ground.places().toString());
        arguments.put("state.dir", ground.directory().resolve("state").toString());
        arguments.putAll(knobs);
        arguments.remove(Contestant.JVM);
        return arguments;
    }

    private static String[] keyValues(Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .map(argument -> argument.getKey() + "=" + argument.getValue())
                .toArray(String[]::new);
    }
}
