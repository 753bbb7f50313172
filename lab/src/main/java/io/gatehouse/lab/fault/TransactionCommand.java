package io.gatehouse.lab.fault;

import io.gatehouse.app.StopSignal;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab fault transaction}. */
@Command(
        name = "transaction",
        description = {
            "Holds a transaction open in a partition: who reads committed records only, sees none behind it. Stopping"
                    + " aborts it.",
            "In the topic of processed events it holds readers back; in the state topic, whoever takes the partition over."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse lab fault transaction",
            "  gatehouse lab fault transaction --topic gatehouse-state --partition 2"
        })
final class TransactionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FaultyKafka kafka;

    @Option(
            names = "--topic",
            defaultValue = "processed-user-login",
            description = "Topic to write to. Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Option(
            names = "--partition",
            paramLabel = "N",
            defaultValue = "0",
            description = "Its partition. Default: ${DEFAULT-VALUE}.")
    private int partition;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = StopSignal.listen();
        TopicPartition where = new TopicPartition(topic, partition);
        try (OpenTransaction open = OpenTransaction.in(where, kafka)) {
            FaultCommand.say(spec, open);
            stop.await();
        }
        return 0;
    }
}
