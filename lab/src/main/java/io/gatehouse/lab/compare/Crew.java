package io.gatehouse.lab.compare;

import io.gatehouse.lab.process.ProcessException;
import io.gatehouse.lab.worker.Life;
import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The processes of a contestant. */
final class Crew implements AutoCloseable {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(40);
    private static final int LAST_WORDS = 20;

    private final Contestant contestant;
    private final List<WorkerProcess> processes = new ArrayList<>();

    private Crew(Contestant contestant) {
        this.contestant = contestant;
    }

    static Crew start(Contestant contestant, Ground ground) throws IOException {
        Crew crew = new Crew(contestant);
        try {
            crew.start(ground);
            return crew;
        } catch (IOException | ProcessException e) {
            crew.close();
            throw e;
        }
    }

    private void start(Ground ground) throws IOException {
        Life life = Life.USUAL.in(Map.of("JDK_JAVA_OPTIONS", contestant.knobs().getOrDefault(Contestant.JVM, "")));
        for (int number = 0; number < contestant.processes(); number++) {
            Path log = ground.directory().resolve("log-" + number + ".txt");
            WorkerProcess process = contestant.programme().process(ground, number, contestant.knobs(), log);
            processes.add(process);
            process.start(life);
        }
    }

    /** @throws ProcessException when one of them has ended */
    void mustLive() {
        if (!processes.stream().allMatch(WorkerProcess::isAlive)) {
            throw failed();
        }
    }

    /** What to say when it does not do its work: its own last words, for its log does not stay. */
    ProcessException failed() {
        try {
            List<String> said = Files.readAllLines(processes.get(0).log());
            List<String> last = said.subList(Math.max(0, said.size() - LAST_WORDS), said.size());
            return new ProcessException(contestant.name() + " does not work; it says:\n" + String.join("\n", last));
        } catch (IOException e) {
            return new ProcessException(contestant.name() + " does not work, and does not say why", e);
        }
    }

    Duration cpuTime() {
        return processes.stream().map(WorkerProcess::cpuTime).reduce(Duration.ZERO, Duration::plus);
    }

    /** The most memory that they held, together, as Linux counts it; 0 elsewhere. */
    long peakMegabytes() {
        return processes.stream().mapToLong(Crew::peakMegabytes).sum();
    }

    private static long peakMegabytes(WorkerProcess process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }

    /** Ends them in order. One that does not end when it is told to is killed: what was counted stands. */
    void stop() throws InterruptedException {
        for (WorkerProcess process : processes) {
            if (!process.stop(STOPS_WITHIN)) {
                process.close();
            }
        }
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        processes.forEach(WorkerProcess::close);
    }
}
