package io.gatehouse.reference;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A window of event time: what is counted of its logins. */
final class LoginWindow {
    private static final int MOST_VALUES = 256;
    private static final String OTHER = "other";

    private final Set<String> users = new HashSet<>();
    private final Map<String, Map<String, Long>> by = new LinkedHashMap<>();
    private long logins;
    private long newUsers;
    private long sessionsStarted;
    private long late;
    private long duplicates;
    private long lateDropped;

    LoginWindow() {
        for (String heading : new String[] {
            "ip_category", "country", "region", "platform", "version", "locale", "hour_of_day", "day_of_week"
        }) {
            by.put(heading, new TreeMap<>());
        }
    }

    void count(LoginEvent event, Map<String, Object> enrichment) {
        logins++;
        users.add(event.userId());
        if (enrichment.get("session") instanceof Map<?, ?> session && session.get("is_new") == Boolean.TRUE) {
            sessionsStarted++;
            newUsers += session.get("number").equals(1L) ? 1 : 0;
        }
        late += enrichment.get("is_late") == Boolean.TRUE ? 1 : 0;
        duplicates += enrichment.get("is_duplicate") == Boolean.TRUE ? 1 : 0;
        countValue("ip_category", enrichment.get("ip_category"));
        if (enrichment.get("geo") instanceof Map<?, ?> geo) {
            countValue("country", geo.get("country"));
            countValue("region", region(geo.get("country"), geo.get("region")));
        }
        countValue("platform", ReferenceJudge.platform(event.deviceType()));
        countValue("version", event.appVersion());
        countValue("locale", event.locale());
        countValue("hour_of_day", enrichment.get("hour_of_day"));
        countValue("day_of_week", enrichment.get("day_of_week"));
    }

    void countLateDropped() {
        lateDropped++;
    }

    private static Object region(Object country, Object region) {
        return country == null || region == null ? region : country + "/" + region;
    }

    /** @param value null for a login that has none */
    private void countValue(String heading, Object value) {
        if (value == null) {
            return;
        }
        Map<String, Long> counts = by.get(heading);
        String name = String.valueOf(value);
        int named = counts.size() - (counts.containsKey(OTHER) ? 1 : 0);
        boolean hasPlace = counts.containsKey(name) || named < MOST_VALUES;
        counts.merge(hasPlace ? name : OTHER, 1L, Long::sum);
    }

    /**
     * The members from {@code logins} on, without those that hang on timing; in {@code distinct_users} the true number
     * is told beside what the sketch makes of it.
     */
    Map<String, Object> members() {
        Sketch sketch = new Sketch();
        users.forEach(sketch::add);
        Map<String, Object> distinctUsers = new LinkedHashMap<>();
        distinctUsers.put("exact", (long) users.size());
        distinctUsers.put("estimate", sketch.estimate());
        distinctUsers.put("sketch", sketch.text());

        Map<String, Object> members = new LinkedHashMap<>();
        members.put("logins", logins);
        members.put("new_users", newUsers);
        members.put("sessions_started", sessionsStarted);
        members.put("late", late);
        members.put("duplicates", duplicates);
        members.put("late_dropped", lateDropped);
        members.put("by", by);
        members.put("distinct_users", distinctUsers);
        return members;
    }
}
