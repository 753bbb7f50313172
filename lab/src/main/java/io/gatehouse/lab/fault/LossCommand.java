package io.gatehouse.lab.fault;

import io.gatehouse.app.Pipeline;
import io.gatehouse.app.StopSignal;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.app.config.Configuration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse lab fault loss}. */
@Command(
        name = "loss",
        description =
                "Runs a Gatehouse with a defect: its first result is lost on the way, and the transaction committed"
                        + " without it. That result is gone for good; everything else is as with 'gatehouse run'.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = "  gatehouse lab fault loss -D kafka.bootstrap.servers=127.0.0.1:9092")
final class LossCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(LossCommand.class);

    @Mixin
    private ConfigurationOptions options;

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = options.load(Configuration.Broker.NEEDED);
        Loss loss = new Loss(configuration.engine().topics().processed());
        StopSignal stop = StopSignal.listen();
        try (Pipeline pipeline = Pipeline.start(configuration, loss::before)) {
            LOG.warn("This Gatehouse loses a result: {}", pipeline.httpAddress());
            stop.await();
        }
        return 0;
    }
}
