package io.gatehouse.app.command;

import io.gatehouse.app.Printable;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.topic.Difference;
import io.gatehouse.engine.topic.TakeoverAdvice;
import io.gatehouse.engine.topic.TopicFailureException;
import io.gatehouse.engine.topic.TopicPlan;
import io.gatehouse.engine.topic.TopicReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse topics}. */
@Command(
        name = "topics",
        description = "Makes the topics that Gatehouse reads and writes, or says what is wrong with them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create|check")
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "create or check?");
    }

    @Command(
            name = "create",
            description = {
                "Creates the topics that are missing, with the partitions, retention and limits that Gatehouse needs.",
                "Existing topics are left as they are; what differs is listed, with how to mend it. Exits 0 when all topics"
                        + " are there."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  gatehouse topics create -D kafka.bootstrap.servers=localhost:9092 --replication 1",
                "  gatehouse topics create --config gatehouse.properties --partitions 24"
            })
    int create(
            @Mixin ConfigurationOptions options,
            @Mixin Layout layout,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            description = "Copies of each partition of new topics; topics.replication without it.")
                    Integer copies) {
        Configuration configuration = options.load(Configuration.Broker.NEEDED);
        TopicPlan plan = plan(configuration, layout);
        int partitions = layout.partitions().orElse(configuration.newTopics().partitions());
        OptionalInt replication = copies == null ? configuration.newTopics().replication() : OptionalInt.of(copies);
        requirePositive("--replication", replication);
        List<TopicReport> reports = withAdmin(configuration, admin -> plan.create(admin, partitions, replication));
        reports.forEach(this::print);
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "check",
            description = {
                "Compares the topics with what Gatehouse needs, and the brokers with a quick takeover; changes nothing.",
                "Exits 1 when a topic is missing or differs."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  gatehouse topics check --config gatehouse.properties")
    int check(@Mixin ConfigurationOptions options, @Mixin Layout layout) {
        Configuration configuration = options.load(Configuration.Broker.NEEDED);
        TopicPlan plan = plan(configuration, layout);
        List<TopicReport> reports = withAdmin(configuration, plan::check);
        reports.forEach(this::print);
        withAdmin(configuration, admin -> advice(configuration, admin))
                .forEach(sentence -> spec.commandLine().getOut().println("advice: " + sentence));
        spec.commandLine().getOut().flush();
        return reports.stream().allMatch(TopicReport::isAsPlanned) ? 0 : GatehouseCommand.FAILED;
    }

    /** How topics are laid out. */
    static final class Layout {
        @Option(
                names = "--partitions",
                paramLabel = "N",
                description = "Partitions of the input, and of what is made to fit it. Without it, an existing input is"
                        + " taken as it is, and a new one gets topics.partitions.")
        private Integer partitions;

        private OptionalInt partitions() {
            return partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions);
        }
    }

    private TopicPlan plan(Configuration configuration, Layout layout) {
        requirePositive("--partitions", layout.partitions());
        return new TopicPlan(configuration.engine(), layout.partitions());
    }

    private void requirePositive(String option, OptionalInt number) {
        if (number.isPresent() && (number.getAsInt() < 1 || number.getAsInt() > 10_000)) {
            throw new ParameterException(spec.commandLine(), option + " must be from 1 to 10000");
        }
    }

    private static <T> T withAdmin(Configuration configuration, Function<Admin, T> work) {
        try (Admin admin = Admin.create(configuration.engine().admin())) {
            return work.apply(admin);
        } catch (TopicFailureException e) {
            throw new CommandFailure(Printable.escape(e.getMessage()), e);
        } catch (KafkaException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new CommandFailure("no Kafka client can be made of these settings: " + Printable.escape(cause), e);
        }
    }

    private static List<String> advice(Configuration configuration, Admin admin) {
        Map<String, Object> consumer = configuration.engine().consumer();
        Map<String, Object> producer = configuration.engine().producer();
        return TakeoverAdvice.of(
                admin,
                configuration.engine().applicationId(),
                consumer.get("group.protocol").toString(),
                Long.parseLong(producer.get("transaction.timeout.ms").toString()));
    }

    private void print(TopicReport report) {
        PrintWriter out = spec.commandLine().getOut();
        String topic = report.topic() + ": ";
        switch (report.presence()) {
            case MISSING -> out.println(topic + "missing; 'gatehouse topics create' makes it");
            case CREATED -> out.println(topic + "created with " + partitions(report));
            case THERE ->
                out.println(topic + "there with " + partitions(report)
                        + (report.differences().isEmpty() ? ", as it should be" : ", but:"));
        }
        for (Difference difference : report.differences()) {
            out.println(
                    "  " + difference.setting() + " is " + difference.actual() + ", should be " + difference.wanted());
            out.println("    " + difference.mend());
        }
    }

    private static String partitions(TopicReport report) {
        return report.partitions() + (report.partitions() == 1 ? " partition" : " partitions");
    }
}
