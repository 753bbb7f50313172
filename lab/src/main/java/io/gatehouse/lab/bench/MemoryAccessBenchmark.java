package io.gatehouse.lab.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one read costs that depends on the read before and lies anywhere in 256 MiB: the unit in which a machine's other
 * figures can be read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch"})
public class MemoryAccessBenchmark {
    private static final int SLOTS = 1 << 26;
    private static final int READS = 1 << 16;

    private int[] next;
    private int at;

    /** Links all slots into one random ring (Sattolo's shuffle), so that no read can be foreseen. */
    @Setup(Level.Trial)
    public void link() {
        SplittableRandom random = new SplittableRandom(1);
        next = new int[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            next[i] = i;
        }
        for (int i = SLOTS - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int slot = next[i];
            next[i] = next[other];
            next[other] = slot;
        }
    }

    @Benchmark
    @OperationsPerInvocation(READS)
    public int read() {
        for (int i = 0; i < READS; i++) {
            at = next[at];
        }
        return at;
    }
}
