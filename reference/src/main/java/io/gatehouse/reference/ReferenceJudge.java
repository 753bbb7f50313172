package io.gatehouse.reference;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The contract, as plainly as it can be written: what must come out for each record of one input partition, given in
 * order, and what must be published of its sessions and statistics. It is what everything faster is compared with, so it
 * prefers the obvious to the quick, and never forgets a user but where the contract says that a login finds its user
 * forgotten. Not thread-safe.
 */
public final class ReferenceJudge {
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final List<String> PLATFORMS = List.of("ios", "android", "web", "windows", "macos", "linux");

    private final Places places;
    private final Settings settings;
    private final EventReader reader;
    private final Map<String, User> users = new HashMap<>();
    private final List<Session> ended = new ArrayList<>();
    private final Statistics statistics;
    private long eventTimeMs = Long.MIN_VALUE;

    public ReferenceJudge(Places places, Settings settings) {
        this.places = places;
        this.settings = settings;
        this.reader = new EventReader(settings);
        this.statistics = new Statistics(settings.statsWindowMs());
    }

    /**
     * Judges the next record.
     *
     * @param value null counts as empty
     * @param recordTimestampMs the record's own Kafka timestamp, epoch milliseconds; negative when it has none
     */
    public Verdict judge(byte[] value, long recordTimestampMs, String topic, int partition, long offset) {
        Reading reading = reader.read(value, recordTimestampMs);
        if (reading instanceof LoginEvent event) {
            eventTimeMs = Math.max(eventTimeMs, event.eventTimeMs());
            Map<String, Object> enrichment = enrichment(event, topic, partition, offset);
            statistics.accept(event, enrichment);
            return new Verdict.Accepted(event.userId(), event.eventTimeMs(), event.originalMembers(), enrichment);
        }
        Verdict.Refused refused = (Verdict.Refused) reading;
        statistics.refuse(refused.reason(), recordTimestampMs);
        return refused;
    }

    /** The sessions that have ended since this was asked last: nothing changes them, and they are told nowhere else. */
    List<Session> takeEndedSessions() {
        List<Session> taken = List.copyOf(ended);
        ended.clear();
        return taken;
    }

    /** The sessions so far that must have been published by now, whatever the clock says. */
    public List<Session> closedSessions() {
        List<Session> closed = new ArrayList<>(ended);
        present().filter(this::isOver).forEach(closed::add);
        return closed;
    }

    /** The sessions so far that silence alone would close. */
    public List<Session> openSessions() {
        return present().filter(session -> !isOver(session)).toList();
    }

    private Stream<Session> present() {
        return users.values().stream().flatMap(user -> user.session().stream());
    }

    private boolean isOver(Session session) {
        return eventTimeMs - session.endedAtMs() > settings.sessionGapMs() + settings.sessionsLatenessMs();
    }

    /** Those of {@link #statistics} that have become final since this was asked last: they are told nowhere else. */
    Map<String, String> takeFinalStatistics(int partition) {
        return statistics.takeClosed(partition);
    }

    /**
     * The statistics that must have been published by now, by key. Each value is the JSON object with all members but
     * {@code sessions_closed} and {@code processing_delay_ms}, which hang on timing, and with one more in {@code
     * distinct_users}: {@code exact}, the true number.
     *
     * @param partition what the statistics name as their partition
     */
    public Map<String, String> statistics(int partition) {
        return statistics.records(partition);
    }

    private Map<String, Object> enrichment(LoginEvent event, String topic, int partition, long offset) {
        OffsetDateTime time = Instant.ofEpochMilli(event.eventTimeMs()).atOffset(ZoneOffset.UTC);
        int dayOfWeek = time.getDayOfWeek().getValue();
        String category = AddressCategory.of(event.ip());

        Map<String, Object> enrichment = new LinkedHashMap<>();
        enrichment.put("schema_version", 1);
        enrichment.put("event_time", iso8601(event.eventTimeMs()));
        enrichment.put("hour_of_day", time.getHour());
        enrichment.put("day_of_week", DAYS.get(dayOfWeek - 1));
        enrichment.put("is_weekend", dayOfWeek >= 6);
        enrichment.put("ip_category", category);
        Map<String, Object> geo =
                category.equals("public") ? places.find(event.ip().bytes()) : null;
        enrichment.put("geo", geo);
        enrichment.putAll(settings.profileEnabled() ? remembered(event, geo) : User.withoutMemory(event));
        enrichment.put("risk", risk());
        enrichment.put("source", source(topic, partition, offset));
        return enrichment;
    }

    private Map<String, Object> remembered(LoginEvent event, Map<String, Object> geo) {
        String country = geo == null ? null : (String) geo.get("country");
        return users.computeIfAbsent(event.userId(), id -> new User(settings, ended::add))
                .visit(event, country);
    }

    private static Map<String, Object> risk() {
        Map<String, Object> risk = new LinkedHashMap<>();
        risk.put("score", 0);
        risk.put("level", "none");
        risk.put("signals", List.of());
        return risk;
    }

    private static Map<String, Object> source(String topic, int partition, long offset) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("topic", topic);
        source.put("partition", partition);
        source.put("offset", offset);
        return source;
    }

    /** The contract's {@code platform}; only ASCII letters have two cases here. */
    static String platform(String deviceType) {
        if (deviceType == null) {
            return "unknown";
        }
        boolean ascii = deviceType.chars().allMatch(c -> c < 0x80);
        String lowerCase = deviceType.toLowerCase(Locale.ROOT);
        return ascii && PLATFORMS.contains(lowerCase) ? lowerCase : "other";
    }

    /** UTC, with three digits of milliseconds where there are any. */
    static String iso8601(long epochMs) {
        return Instant.ofEpochMilli(epochMs).toString();
    }
}
