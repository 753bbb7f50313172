package io.gatehouse.lab.demo;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.engine.EngineSettings;
import io.gatehouse.engine.topic.TopicReport;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What someone who has just started the demo wants to know: where things are, and how to look at them. */
final class Welcome {
    private Welcome() {}

    static String text(
            Configuration configuration,
            List<TopicReport> topics,
            Optional<URI> management,
            Optional<URI> http,
            long seed) {
        String kafka = (String) configuration.engine().admin().get("bootstrap.servers");
        EngineSettings.Topics names = configuration.engine().topics();
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(text, "Kafka listens on %s, for any Kafka client. Its topics:", kafka);
        for (TopicReport topic : topics) {
            line(text, "  %-24s %d partitions  %s", topic.topic(), topic.partitions(), meaning(topic.topic(), names));
        }
        line(text, "");
        line(text, "Look at them, or send a login of your own (Debian: apt install kcat):");
        line(text, "  kcat -b %s -C -t %s -o end -X isolation.level=read_committed", kafka, names.processed());
        line(
                text,
                "  kcat -b %s -C -t %s -X isolation.level=read_committed -f '%%h  %%s\\n'",
                kafka,
                names.deadLetters());
        line(
                text,
                "  echo 'me|{\"user_id\":\"me\",\"timestamp\":'$(date +%%s)',\"ip\":\"8.8.8.8\"}' | kcat -b %s -P -t %s -K '|'"
                        + " -X partitioner=murmur2_random",
                kafka,
                names.input());
        line(text, "");
        management.ifPresent(
                address -> line(text, "Health and metrics: %s/health/ready  %s/metrics", address, address));
        http.ifPresent(address -> line(text, "Statistics: %s/api/stats", address));
        line(text, "");
        line(
                text,
                "So that sessions are seen to close, they do after %d s without a login of their user.",
                configuration.engine().judge().sessionGapMs() / 1000);
        line(text, "The generator's seed is %d. Ctrl-C stops everything. Hours are UTC.", seed);
        line(text, "");
        return text.toString();
    }

    private static String meaning(String topic, EngineSettings.Topics names) {
        if (topic.equals(names.input())) {
            return "login events, in";
        }
        if (topic.equals(names.processed())) {
            return "the same with their enrichment, out";
        }
        if (topic.equals(names.deadLetters())) {
            return "refused events with the reason, out";
        }
        if (topic.equals(names.sessions())) {
            return "closed sessions, out";
        }
        if (topic.equals(names.statistics())) {
            return "statistics by windows, out";
        }
        return topic.equals(names.state())
                ? "what is remembered of users, internal"
                : "logins on the way to their users' partitions, internal";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
