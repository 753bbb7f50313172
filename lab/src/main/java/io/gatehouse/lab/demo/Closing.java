package io.gatehouse.lab.demo;

import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.lab.check.CheckImpossible;
import io.gatehouse.lab.check.CheckSettings;
import io.gatehouse.lab.check.ExpectedPlaces;
import io.gatehouse.lab.check.PipelineCheck;
import io.gatehouse.reference.CheckReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** The demo's end: a record of each publication, and whether all that came out is what the contract says. */
final class Closing {
    /** Sessions that event time has closed are published within some seconds, and statistics of them after that. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final String INDENT = "  ";

    private final Configuration configuration;
    private final String bootstrap;

    /** @param configuration of the pipeline, which is at work and has nothing left to judge */
    Closing(Configuration configuration) {
        this.configuration = configuration;
        this.bootstrap = (String) configuration.engine().admin().get("bootstrap.servers");
    }

    /** What has been published last, in words, with one record of each kind that is published. */
    String publications() {
        JudgeSettings judge = configuration.engine().judge();
        try {
            return (judge.publishesSessions() ? session() : "") + (judge.keepsStatistics() ? statistics() : "");
        } catch (KafkaException e) {
            throw new CommandFailure("the demo's topics cannot be read: " + e.getMessage(), e);
        }
    }

    private String session() {
        String topic = configuration.engine().topics().sessions();
        return LastRecord.of(bootstrap, topic, value -> true)
                .map(value -> String.format("The session closed last (%s):%n%s%s%n", topic, INDENT, value))
                .orElseGet(() -> String.format(
                        "No session has closed yet: that takes %d s without a login of its user.%n",
                        configuration.engine().judge().sessionGapMs() / 1000));
    }

    private String statistics() {
        String topic = configuration.engine().topics().statistics();
        return LastRecord.of(bootstrap, topic, value -> value.contains("\"kind\":\"logins\""))
                .map(value -> String.format("Statistics of a window (%s):%n%s%s%n", topic, INDENT, value))
                .orElseGet(() -> String.format("There are no statistics yet.%n"));
    }

    /**
     * Holds all that there is in the topics against the contract.
     *
     * @return what was found content, in words
     * @throws CommandFailure with what is otherwise than it must be
     */
    String check() {
        PipelineCheck.Report report;
        try {
            report = PipelineCheck.run(
                    CheckSettings.of(
                            Map.of(
                                    "bootstrap.servers",
                                    configuration.engine().admin().get("bootstrap.servers")),
                            configuration,
                            LONGEST_WAIT),
                    ExpectedPlaces.of(configuration.geo().database().orElse(null)));
        } catch (CheckImpossible e) {
            throw new CommandFailure("the check is not possible: " + e.getMessage() + ".", e);
        }
        CheckReport against = report.against();
        if (!report.isContent()) {
            throw new CommandFailure("the checker is NOT content:\n"
                    + report.differences().stream().map(INDENT::concat).collect(Collectors.joining("\n")));
        }
        return String.format(
                Locale.ROOT,
                "The checker is content: %,d in, %,d exactly as they must be, %,d closed sessions, %,d keys of statistics.%n",
                against.inputs(),
                against.agreed(),
                against.sessions(),
                against.statistics());
    }
}
