package io.gatehouse.app.explain;

import io.gatehouse.app.Places;
import io.gatehouse.app.Printable;
import io.gatehouse.app.SearchBar;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.explain.Explainer;
import io.gatehouse.engine.explain.Explanation;
import io.gatehouse.engine.lookup.RecordPlace;
import io.gatehouse.engine.state.DamagedJournalException;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Trouble;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse explain}. */
@Command(
        name = "explain",
        description = {
            "Shows one input record step by step: its fields, the address range and the table's date, what its user is"
                    + " remembered by now, and what would be written today beside what was written then.",
            "Reads only: it joins no group and writes nothing. May be used while instances are running."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse explain --config gatehouse.properties user-login/3/123456",
            "",
            "Exit codes: 0 explained, 1 there is no such record or Kafka cannot be read, 2 wrong usage."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options;

    @Parameters(paramLabel = "TOPIC/PARTITION/OFFSET", description = "A record of the input.")
    private String place;

    @Override
    public Integer call() {
        RecordPlace record = parsedPlace();
        Configuration configuration = options.load(Configuration.Broker.NEEDED);
        EngineSettings settings = configuration.engine();
        Places places = Places.open(configuration.geo());
        SearchBar bar = SearchBar.on(spec.commandLine().getErr());
        try (KafkaCluster cluster = new KafkaCluster(settings.admin(), settings.applicationId())) {
            Explanation explanation = new Explainer(
                            settings,
                            places.table(),
                            new KafkaClients(settings, settings.applicationId()),
                            cluster,
                            bar)
                    .explain(record, System.currentTimeMillis());
            bar.end();
            new ExplanationText(spec.commandLine().getOut(), places).print(explanation);
        } catch (Refusal | KafkaException | DamagedJournalException e) {
            bar.end();
            throw new CommandFailure(Printable.escape(Trouble.describe(e)), e);
        }
        return 0;
    }

    private RecordPlace parsedPlace() {
        try {
            return RecordPlace.parse(place);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), Printable.excerpt(place) + " is " + e.getMessage(), e);
        }
    }
}
