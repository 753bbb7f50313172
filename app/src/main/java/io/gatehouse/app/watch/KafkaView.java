package io.gatehouse.app.watch;

import io.gatehouse.app.Printable;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.lag.LagReport;
import io.gatehouse.engine.lag.LagWatch;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Trouble;
import org.apache.kafka.common.KafkaException;

/** The group as Kafka knows it, for a command: what goes wrong is a {@link CommandFailure}. */
record KafkaView(LagWatch watch) implements AutoCloseable {
    static KafkaView open(Configuration configuration) {
        try {
            return new KafkaView(new LagWatch(configuration.engine()));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    LagReport look(long nowNs) {
        try {
            return watch.look(nowNs);
        } catch (Refusal | KafkaException e) {
            throw failure(e);
        }
    }

    private static CommandFailure failure(RuntimeException e) {
        return new CommandFailure(Printable.escape(Trouble.describe(e)), e);
    }

    @Override
    public void close() {
        watch.close();
    }
}
