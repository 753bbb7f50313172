package io.gatehouse.peers.flink;

import io.gatehouse.peers.job.Contestant;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink job at work in a cluster within this process. */
final class FlinkRun implements AutoCloseable {
    private static final int END_WITHIN_S = 20;

    private final JobClient job;
    private volatile boolean isEnding;

    private FlinkRun(JobClient job) {
        this.job = job;
    }

    static FlinkRun start(StreamExecutionEnvironment flink) throws Exception {
        FlinkRun run = new FlinkRun(flink.executeAsync("logins"));
        run.job.getJobExecutionResult().whenComplete((result, failure) -> run.ended(failure));
        return run;
    }

    /** The input has no end, so a job that ends without being told to has failed. */
    private void ended(Throwable failure) {
        if (!isEnding) {
            Contestant.fail(failure);
        }
    }

    /** Ends the job. What it has done since the last checkpoint is not committed, as if it had not been done. */
    @Override
    public void close() {
        isEnding = true;
        job.cancel()
                .thenCompose(accepted -> job.getJobExecutionResult())
                .handle((result, cancelled) -> result)
                .orTimeout(END_WITHIN_S, TimeUnit.SECONDS)
                .join();
    }
}
