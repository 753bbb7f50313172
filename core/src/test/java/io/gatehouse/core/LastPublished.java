package io.gatehouse.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps what a partition publishes as a reader of the topics would, and sees that no revision of a session is missing or
 * told twice.
 */
final class LastPublished implements Publications {
    private static final Pattern SESSION = Pattern.compile(
            "\\{\"user_id\":\"(.*)\",\"session_id\":\"([0-9a-f]{16})\",\"revision\":([0-9]+),.*\"closed_at\":\"([^\"]*)\"}",
            Pattern.DOTALL);
    private static final Pattern CLOSED_SESSIONS = Pattern.compile("\"sessions_closed\":([0-9]+)");

    /** A session's last revision. */
    record Revision(long number, String closedAt, byte[] value) {}

    private final Map<String, Revision> sessions = new LinkedHashMap<>();
    private final Map<String, byte[]> statistics = new HashMap<>();
    private int revisions;

    @Override
    public void session(byte[] key, byte[] value) {
        Matcher parts = SESSION.matcher(new String(value, UTF_8));
        assertThat(parts.matches()).as(new String(value, UTF_8)).isTrue();
        assertThat(new String(key, UTF_8)).isEqualTo(parts.group(1).replaceAll("\\\\(.)", "$1"));
        Revision revision = new Revision(Long.parseLong(parts.group(3)), parts.group(4), value);
        Revision before = sessions.put(parts.group(2), revision);
        assertThat(revision.number()).isEqualTo(before == null ? 1 : before.number() + 1);
        revisions++;
    }

    @Override
    public void statistics(byte[] key, byte[] value) {
        statistics.put(new String(key, UTF_8), value);
    }

    /** Lets so much time pass that silence closes all sessions there are, and takes all there is to publish. */
    void awaitSilence(PartitionJudge judge, JudgeSettings settings, long nowMs) {
        judge.publish(nowMs, this);
        long silentMs = nowMs + settings.sessionGapMs() + settings.sessionsLatenessMs() + 1;
        judge.publish(silentMs, this);
        judge.publish(silentMs + 10_000, this);
        judge.publishAll(this);
    }

    /** By session id. */
    Map<String, Revision> sessions() {
        return sessions;
    }

    /** The last revision of each session. */
    List<byte[]> sessionValues() {
        List<byte[]> values = new ArrayList<>();
        sessions.values().forEach(last -> values.add(last.value()));
        return values;
    }

    /** How many were published, all sessions together. */
    int revisions() {
        return revisions;
    }

    /** The last value of each key. */
    Map<String, byte[]> statistics() {
        return statistics;
    }

    /** Sessions closed, by the statistics of all windows. */
    long sessionsCounted() {
        return statistics.values().stream()
                .map(value -> CLOSED_SESSIONS.matcher(new String(value, UTF_8)))
                .filter(Matcher::find)
                .mapToLong(closed -> Long.parseLong(closed.group(1)))
                .sum();
    }
}
