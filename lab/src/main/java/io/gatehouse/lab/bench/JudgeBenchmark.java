package io.gatehouse.lab.bench;

import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.profile.UserBudget;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One login's whole way through the core, the journal's images included, with everything on: decode, locate, profile,
 * tally, encode, publish, and a drain each {@link #EVENTS} logins as a commit would do it. Users and addresses are uniform.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 1)
@Fork(
        value = 3,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-Xmn256m", "-XX:+UseG1GC", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch"
        })
public class JudgeBenchmark {
    static final String BUILT_IN = "built-in";
    /** Long enough that filling new events in between does not disturb the clock. */
    static final int EVENTS = 16 * Batch.CAPACITY;

    private static final int JOURNAL_BYTES = 4 << 20;

    @Param("1000000")
    int users;

    /** A geo table's file, or the one that Gatehouse carries. */
    @Param(BUILT_IN)
    String geo;

    private final Batch batch = new Batch();
    private final Discarded published = new Discarded();
    private final byte[] journal = new byte[JOURNAL_BYTES];
    private UniformLogins logins;
    private PartitionJudge judge;
    private int journaled;

    @Setup(Level.Trial)
    public void remember() {
        GeoTable table = geo.equals(BUILT_IN) ? GeoDatabase.builtIn() : GeoDatabase.open(Path.of(geo));
        judge = new PartitionJudge(JudgeSettings.DEFAULTS, table, new UserBudget(Long.MAX_VALUE), "user-login", 0);
        logins = new UniformLogins(1, users, UniformLogins.ALL_ADDRESSES, EVENTS);
        for (int made = 0; made < users; made += EVENTS) {
            logins.refillInTurn();
            judgeAll(null);
        }
        // From one login a user to what a user has who has been here for some time.
        for (int made = 0; made < 3 * users; made += EVENTS) {
            logins.refill();
            judgeAll(null);
        }
        if (judge.users() != users) {
            throw new IllegalStateException(judge.users() + " users instead of " + users);
        }
    }

    @Setup(Level.Invocation)
    public void refill() {
        logins.refill();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void judge(Blackhole outputs) {
        judgeAll(outputs);
    }

    private void judgeAll(Blackhole outputs) {
        for (int from = 0; from < EVENTS; from += Batch.CAPACITY) {
            for (int i = 0; i < Batch.CAPACITY; i++) {
                batch.add(null, logins.event(from + i), from + i, -1);
            }
            long nowMs = System.currentTimeMillis();
            judge.judge(batch, nowMs);
            judge.publish(nowMs, published);
            for (int i = 0; i < Batch.CAPACITY && outputs != null; i++) {
                outputs.consume(batch.output(i));
                outputs.consume(batch.outputKey(i));
            }
            batch.clear();
        }
        journaled = 0;
        judge.drainChanges(this::journal);
    }

    private void journal(byte[] source, int offset, int lengthBytes) {
        System.arraycopy(source, offset, journal, journaled, lengthBytes);
        journaled += lengthBytes;
    }
}
