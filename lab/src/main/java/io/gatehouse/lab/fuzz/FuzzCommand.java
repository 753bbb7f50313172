package io.gatehouse.lab.fuzz;

import io.gatehouse.app.Printable;
import io.gatehouse.app.SearchBar;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.lab.kill.KillReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab fuzz}: looks for bytes for which something does not hold that must hold for all. */
@Command(
        name = "fuzz",
        description = {
            "Looks for inputs that Gatehouse takes for something else than it should, guided by which of its code each one"
                    + " reaches (Jazzer), until the time is up or one is found.",
            "TARGET is one of decoder (an event), ip, version, timestamp (a field of it): held against the reference, to the"
                    + " last byte of the result; journal (a block of the state topic), geo (a table's file),"
                    + " configuration (a file's text, and -D): read, or refused as documented."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab fuzz decoder",
            "  gatehouse lab fuzz journal --minutes 10 --report docs/reliability/fuzz.json",
            "  gatehouse lab fuzz ip --seed 7 --corpus ./ip",
            "  gatehouse lab fuzz decoder --replay target/fuzz/decoder-findings/crash-1f2e",
            "",
            "Exit codes: 0 nothing was found, 1 something was, 2 wrong usage."
        })
public final class FuzzCommand implements Callable<Integer> {
    private static final double MAX_MINUTES = 7 * 24 * 60;
    private static final long MAX_SEED = 0xFFFF_FFFFL;
    private static final Duration REDRAW_EVERY = Duration.ofSeconds(1);
    /** How much longer than it was told the fuzzer may take: to start, and to read a large corpus. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TARGET", description = "One of ${COMPLETION-CANDIDATES}.")
    private FuzzTarget target;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long, at most. A fraction will do. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What chance begins with: 1 to 4294967295. Default: a fresh one, which is told.")
    private Long seed;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description =
                    "Where inputs that reach new code are kept, for the next run to begin with. What is found lies beside"
                            + " it, in DIR-findings. Default: target/fuzz/TARGET, in the working directory.")
    private Path corpus;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Write what came of it into this JSON file, in place of what it tells of an earlier run of this"
                            + " target.")
    private Path report;

    @Option(names = "--replay", paramLabel = "FILE", description = "Try this one input instead, and say what is wrong.")
    private Path replay;

    @Override
    public Integer call() throws InterruptedException {
        check(minutes * 60 >= 1 && minutes <= MAX_MINUTES, "--minutes must be from a second to a week");
        check(seed == null || seed >= 1 && seed <= MAX_SEED, "--seed must be from 1 to " + MAX_SEED);
        check(replay == null || Files.isRegularFile(replay), "--replay must name a file");
        PrintWriter out = spec.commandLine().getOut();
        try {
            return replay == null ? fuzz(out) : replay(out);
        } catch (IOException e) {
            throw new CommandFailure(e.toString(), e);
        }
    }

    private int replay(PrintWriter out) throws IOException {
        try {
            target.property().holdsFor(Files.readAllBytes(replay));
        } catch (RuntimeException | Error broken) {
            out.println(target.label() + ": does not hold for " + replay);
            printable(out, broken);
            return 1;
        }
        out.println(target.label() + ": holds for " + replay);
        return 0;
    }

    private static void printable(PrintWriter out, Throwable broken) {
        broken.toString().lines().forEach(line -> out.println("  " + Printable.escape(line)));
        for (StackTraceElement element : broken.getStackTrace()) {
            out.println("    at " + element);
        }
        out.flush();
    }

    private int fuzz(PrintWriter out) throws IOException, InterruptedException {
        FuzzPaths paths = new FuzzPaths(corpus == null ? Path.of("target", "fuzz", target.label()) : corpus);
        paths.prepare(target.property());
        Duration length = Duration.ofMillis((long) (minutes * 60_000));
        long chosenSeed = seed == null ? 1 + new SecureRandom().nextLong(MAX_SEED) : seed;
        Instant begun = Instant.now();
        String commit = KillReport.commit();
        out.printf("%s, seed %d, corpus in %s, log in %s%n", target.label(), chosenSeed, paths.corpus(), paths.log());
        out.flush();
        try (Fuzzer fuzzer = Fuzzer.start(target, paths, length, chosenSeed)) {
            await(fuzzer, length);
            Optional<String> finding = fuzzer.finding();
            if (fuzzer.exitCode() != 0 && finding.isEmpty()) {
                throw new CommandFailure("the fuzzer failed; what it said is in " + paths.log());
            }
            int findings = finding.isPresent() ? 1 : 0;
            FuzzRun run = FuzzRun.of(target, commit, begun, chosenSeed, fuzzer.passed(), fuzzer.status(), findings);
            tell(out, run, finding);
            if (report != null) {
                FuzzReport.add(report, run);
            }
            return findings;
        }
    }

    private void tell(PrintWriter out, FuzzRun run, Optional<String> finding) {
        out.printf(
                Locale.ROOT,
                "%s: %,d executions in %d s, %,d a second; %,d edges, %,d inputs kept%n",
                run.target(),
                run.executions(),
                run.seconds(),
                run.executionsPerSecond(),
                run.edges(),
                run.corpus());
        finding.ifPresent(file -> out.printf(
                "Found: %s%nSee what is wrong with it: gatehouse lab fuzz %s --replay %s%n",
                file, target.label(), file));
        out.flush();
    }

    private void await(Fuzzer fuzzer, Duration length) throws InterruptedException {
        SearchBar bar = SearchBar.on(spec.commandLine().getErr());
        long begunNs = System.nanoTime();
        while (!fuzzer.hasEnded(REDRAW_EVERY)) {
            if (System.nanoTime() - begunNs > length.plus(PATIENCE).toNanos()) {
                throw new CommandFailure("the fuzzer does not end");
            }
            long done = Math.min(fuzzer.passed().toSeconds(), length.toSeconds());
            FuzzStatus status = fuzzer.status();
            String state = String.format(
                    Locale.ROOT,
                    "%,d executions, %,d edges, %d s left",
                    status.executions(),
                    status.edges(),
                    length.toSeconds() - done);
            bar.at(state, done, length.toSeconds());
        }
        bar.end();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise + ".");
        }
    }
}
