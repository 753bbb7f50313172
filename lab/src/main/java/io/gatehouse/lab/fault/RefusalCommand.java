package io.gatehouse.lab.fault;

import io.gatehouse.app.StopSignal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab fault refusal}. */
@Command(
        name = "refusal",
        description =
                "Lets a topic take no record (max.message.bytes=1): workers that write to it wait. Stopping sets the"
                        + " limit back to what it was.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = "  gatehouse lab fault refusal --topic user-login-dlq")
final class RefusalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FaultyKafka kafka;

    @Option(
            names = "--topic",
            defaultValue = "processed-user-login",
            description = "Topic that refuses. Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = StopSignal.listen();
        try (RefusingTopic refusing = RefusingTopic.of(topic, kafka)) {
            FaultCommand.say(spec, refusing);
            stop.await();
        }
        return 0;
    }
}
