package io.gatehouse.app.dlq;

import io.gatehouse.app.Printable;
import io.gatehouse.app.SearchBar;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.command.ConfigurationOptions;
import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.cluster.Clients;
import io.gatehouse.engine.cluster.KafkaClients;
import io.gatehouse.engine.cluster.KafkaCluster;
import io.gatehouse.engine.lookup.LogReader;
import io.gatehouse.engine.replay.Letter;
import io.gatehouse.engine.replay.LetterFilter;
import io.gatehouse.engine.replay.LetterReader;
import io.gatehouse.engine.replay.ReplayLog;
import io.gatehouse.engine.worker.Refusal;
import io.gatehouse.engine.worker.Trouble;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;

/** What a command needs to get at dead letters, for as long as it works. */
record Access(EngineSettings settings, Clients clients, KafkaCluster cluster, LogReader log, SearchBar bar) {
    /**
     * Opens it, works, and closes it.
     *
     * @throws CommandFailure when Kafka cannot be asked or refuses, or what is asked for is not there
     */
    static void with(CommandSpec spec, ConfigurationOptions options, Consumer<Access> work) {
        EngineSettings settings = options.load(Configuration.Broker.NEEDED).engine();
        SearchBar bar = SearchBar.on(spec.commandLine().getErr());
        Clients clients = new KafkaClients(settings, settings.applicationId());
        try (KafkaCluster cluster = new KafkaCluster(settings.admin(), settings.applicationId());
                LogReader log = new LogReader(clients.stateConsumer(), cluster)) {
            work.accept(new Access(settings, clients, cluster, log, bar));
        } catch (Refusal | KafkaException e) {
            throw new CommandFailure(Printable.escape(Trouble.describe(e)), e);
        } finally {
            bar.end();
        }
        spec.commandLine().getOut().flush();
    }

    /**
     * Hands over the letters that a filter means, those of a partition in order, and takes the bar away.
     *
     * @return how many records of the dead-letter topic Gatehouse has not written
     */
    long read(LetterFilter filter, Consumer<Letter> to) {
        LetterReader letters = new LetterReader(log, settings, filter, bar);
        while (!letters.isDone()) {
            letters.next().forEach(to);
        }
        bar.end();
        return letters.foreign();
    }

    /** What has been replayed of the dead-letter topic. */
    ReplayLog replayed() {
        return ReplayLog.committed(
                log, settings.replays(), log.topic(settings.topics().deadLetters()));
    }
}
