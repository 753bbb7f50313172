package io.gatehouse.lab.compare;

import io.gatehouse.engine.route.Origin;
import io.gatehouse.reference.Places;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The results of the first logins of each partition, held against the reference. */
final class Sample {
    /** Of each partition; fewer where there are fewer. */
    static final int LOGINS = 2_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Pattern SOURCE =
            Pattern.compile("\"source\":\\{\"topic\":\"[^\"]*\",\"partition\":(\\d+),\"offset\":(\\d+)}}}$");

    private final Ground ground;
    private final Places places;

    /** Where a login lay in the input. */
    private record Place(int partition, long offset) {}

    Sample(Ground ground, Places places) {
        this.ground = ground;
        this.places = places;
    }

    /** The first difference in words; null when there is none. */
    String difference(Contestant contestant) {
        Map<Place, Verdict.Accepted> expected =
                expected(contestant.hasTwoStages() ? ground.byUser() : ground.input(), contestant.hasTwoStages());
        // The contestant was ended on the way: it owes only what lies before the last that it has judged of a
        // partition.
        Map<Integer, Long> lastJudged = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> results = Committed.reader(ground, ground.processed())) {
            Map<TopicPartition, Long> ends = results.endOffsets(results.assignment());
            while (!expected.isEmpty()
                    && ends.entrySet().stream().anyMatch(end -> results.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> result : results.poll(POLL)) {
                    String difference = compare(result, expected, lastJudged);
                    if (difference != null) {
                        return difference;
                    }
                }
            }
        }
        if (lastJudged.isEmpty()) {
            return "there are no results";
        }
        return expected.keySet().stream()
                .filter(place -> place.offset() < lastJudged.getOrDefault(place.partition(), 0L))
                .findFirst()
                .map(place -> "nothing came of " + place)
                .orElse(null);
    }

    /** A result whose login is not, or no longer, expected is none of the sample's: the same twice is seen by others. */
    private static String compare(
            ConsumerRecord<byte[], byte[]> result,
            Map<Place, Verdict.Accepted> expected,
            Map<Integer, Long> lastJudged) {
        String value = new String(result.value(), StandardCharsets.UTF_8);
        Matcher source = SOURCE.matcher(value);
        if (!source.find()) {
            return "a result does not end with its source: " + value;
        }
        Place place = new Place(Integer.parseInt(source.group(1)), Long.parseLong(source.group(2)));
        lastJudged.merge(place.partition(), place.offset(), Math::max);
        Verdict.Accepted accepted = expected.remove(place);
        return accepted == null || accepted.agreesWith(result.value())
                ? null
                : place + " must be like " + new String(accepted.output(0), StandardCharsets.UTF_8) + " but is "
                        + value;
    }

    /** Users are judged in the order of the topic that is judged, whichever it is. */
    private Map<Place, Verdict.Accepted> expected(String topic, boolean isRouted) {
        Map<Place, Verdict.Accepted> expected = new HashMap<>();
        List<ReferenceJudge> judges = new ArrayList<>();
        int[] judged = new int[ground.partitions()];
        IntStream.range(0, ground.partitions())
                .forEach(number -> judges.add(new ReferenceJudge(places, Settings.DEFAULTS)));
        try (KafkaConsumer<byte[], byte[]> logins = Committed.reader(ground, topic)) {
            Map<TopicPartition, Long> ends = logins.endOffsets(logins.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> judged[end.getKey().partition()] < LOGINS
                            && logins.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> login : logins.poll(POLL)) {
                    if (judged[login.partition()] < LOGINS) {
                        judged[login.partition()]++;
                        Place place = placeOf(login, isRouted);
                        ReferenceJudge judge = judges.get(login.partition());
                        Verdict verdict = judge.judge(
                                login.value(), login.timestamp(), ground.input(), place.partition(), place.offset());
                        expected.put(place, (Verdict.Accepted) verdict);
                    }
                }
            }
        }
        return expected;
    }

    private static Place placeOf(ConsumerRecord<byte[], byte[]> login, boolean isRouted) {
        if (!isRouted) {
            return new Place(login.partition(), login.offset());
        }
        Origin origin = Origin.read(login);
        return new Place(origin.partition(), origin.offset());
    }
}
