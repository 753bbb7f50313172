package io.gatehouse.engine.sim;

import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.worker.Worker;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * A history of an input that is not keyed by user: some workers route it, others judge what is routed. Whatever happens
 * to either, each record comes out once, as the order in the by-user topic says.
 */
final class TwoStageHistory extends History {
    private static final int STAGES = 2;

    TwoStageHistory(long seed, Flaws flaws) {
        super(seed, flaws, true, STAGES);
        if (seed % 2 == 0) {
            // The number of partitions is the by-user topic's own.
            kafka.addPartition(BY_USER);
            kafka.addPartition(STATE);
        }
    }

    @Override
    boolean judges(int stage) {
        return stage > 0;
    }

    @Override
    Worker worker(EngineSettings settings, int stage) {
        EngineSettings rekeyed = settings.with(Partitioning.REKEY);
        return stage == 0
                ? Worker.routing(0, rekeyed, new SimClients(kafka), kafka, kafka)
                : super.worker(rekeyed, stage);
    }

    @Override
    List<String> topicsRead() {
        return List.of(INPUT, BY_USER);
    }

    @Override
    SimChecker checker() {
        return new SimChecker(kafka, INPUT, BY_USER, true);
    }

    /** How many records both stages have seen. */
    long records() {
        long records = 0;
        for (int partition = 0; partition < kafka.partitions(INPUT); partition++) {
            records += kafka.log(new TopicPartition(INPUT, partition)).endOffset();
        }
        return records;
    }
}
