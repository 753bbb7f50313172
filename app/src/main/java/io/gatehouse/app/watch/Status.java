package io.gatehouse.app.watch;

import io.gatehouse.app.Paint;
import io.gatehouse.engine.lag.LagReport;
import java.time.Instant;
import java.util.List;

/**
 * All of a running Gatehouse that can be seen from outside.
 *
 * @param lag as Kafka tells it; null when Kafka does not answer
 * @param trouble why it does not; null when it does
 * @param instances those that were asked
 * @param isComplete whether each of them should have answered, because somebody named it
 */
record Status(LagReport lag, String trouble, List<Instance> instances, boolean isComplete, Instant at) implements Told {
    @Override
    public List<String> text(Paint paint, int columns) {
        return new StatusText(new LagText(paint, columns)).lines(this);
    }

    @Override
    public String json() {
        return StatusJson.of(this);
    }

    @Override
    public boolean isWell() {
        return lag != null
                && lag.isWell()
                && instances.stream().allMatch(instance -> instance.health() == null ? !isComplete : instance.isWell());
    }

    /** Rates of instances take time. */
    @Override
    public boolean isSettled() {
        return lag != null && lag.isDrained() && instances.stream().allMatch(instance -> instance.health() == null);
    }
}
