package io.gatehouse.app.lines;

import io.gatehouse.core.login.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many lines there were and what became of them. */
public final class LineCounts {
    private final Map<Reason, Long> refused = new EnumMap<>(Reason.class);
    private long processed;

    void countProcessed() {
        processed++;
    }

    void countRefused(Reason reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    public long lines() {
        return processed + refused();
    }

    public long processed() {
        return processed;
    }

    public long refused() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@code 12 lines: 10 processed, 2 refused (malformed_json 1, invalid_ip 1)}. */
    @Override
    public String toString() {
        String summary = lines() + " lines: " + processed + " processed, " + refused() + " refused";
        if (refused.isEmpty()) {
            return summary;
        }
        return refused.entrySet().stream()
                .map(entry -> entry.getKey().label() + " " + entry.getValue())
                .collect(Collectors.joining(", ", summary + " (", ")"));
    }
}
