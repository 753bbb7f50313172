package io.gatehouse.app.watch;

import io.gatehouse.app.Paint;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.lag.LagReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse lag}. */
@Command(
        name = "lag",
        description = {
            "How far behind the group is, partition by partition, judged by trend: ok, falling behind, stalled (somebody owns"
                    + " it, and nothing is committed) or stopped (nobody owns it); and when what waits will be done.",
            "Asks Kafka alone, and needs Describe on the group and its topics. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lag --config gatehouse.properties",
            "  gatehouse lag --config gatehouse.properties --watch",
            "  gatehouse lag --config gatehouse.properties --for 30s --json | jq '.stages[].partitions[].verdict'",
            "",
            "Exit codes: 0 all partitions are ok; 1 failed; 2 wrong usage; 3 not all partitions are ok, or it is not known."
        })
public final class LagCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Mixin
    private WatchOptions watch;

    @Override
    public Integer call() {
        Looking looking = new Looking(watch, spec.commandLine());
        try (KafkaView kafka = KafkaView.open(options.load(Configuration.Broker.NEEDED))) {
            return looking.run(nowNs -> new Lag(kafka.look(nowNs), Instant.now()));
        }
    }

    private record Lag(LagReport report, Instant at) implements Told {
        @Override
        public List<String> text(Paint paint, int columns) {
            LagText text = new LagText(paint, columns);
            List<String> lines = new ArrayList<>(List.of(text.headline(report)));
            lines.addAll(text.details(report));
            return lines;
        }

        @Override
        public String json() {
            return LagJson.of(report, at);
        }

        @Override
        public boolean isWell() {
            return report.isWell();
        }

        @Override
        public boolean isSettled() {
            return report.isDrained();
        }
    }
}
