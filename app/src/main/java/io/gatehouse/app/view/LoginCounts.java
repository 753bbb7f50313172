package io.gatehouse.app.view;

import io.gatehouse.core.tally.UserSketch;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was counted of logins, in one window of a partition or in many together. */
final class LoginCounts {
    private static final Comparator<Count> MOST_FIRST =
            Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value);

    private final long[] totals = new long[Total.values().length];
    private final Map<Heading, Map<String, Long>> by = new EnumMap<>(Heading.class);
    /** As the record tells it, which is shorter than a sketch's registers; only what is a sum has those. */
    private String usersText = "";

    private UserSketch users;
    private final Map<String, Long> delays = new LinkedHashMap<>();

    LoginCounts() {
        for (Heading heading : Heading.values()) {
            by.put(heading, new HashMap<>());
        }
    }

    void set(Total total, long count) {
        totals[total.ordinal()] = count;
    }

    /** @throws IllegalArgumentException when it is no sketch */
    void setUsers(String sketch) {
        new UserSketch().merge(sketch);
        usersText = sketch;
    }

    Map<String, Long> by(Heading heading) {
        return by.get(heading);
    }

    Map<String, Long> delays() {
        return delays;
    }

    /** Adds the counts of a partition's window, or of several together. */
    void add(LoginCounts other) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += other.totals[i];
        }
        other.by.forEach(
                (heading, counts) -> counts.forEach((name, count) -> by(heading).merge(name, count, Long::sum)));
        other.delays.forEach((bucket, count) -> delays.merge(bucket, count, Long::sum));
        if (users == null) {
            users = new UserSketch();
            users.merge(usersText);
        }
        users.merge(other.users == null ? other.usersText : other.users.text());
    }

    long get(Total total) {
        return totals[total.ordinal()];
    }

    /** Accepted logins, those that came too late for their window too. */
    long accepted() {
        return get(Total.LOGINS) + get(Total.LATE_DROPPED);
    }

    long distinctUsers() {
        return users == null ? 0 : users.estimate();
    }

    /** Most first. */
    List<Count> ranked(Heading heading) {
        return ranked(by(heading));
    }

    static List<Count> ranked(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .sorted(MOST_FIRST)
                .toList();
    }
}
