package io.gatehouse.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What is remembered of one user, and what it makes of the user's next login. */
final class User {
    private static final int MAX_DEVICES = 8;
    private static final int MAX_DISTINCT_LOGINS = 4;

    /** What tells a login from its repetition. */
    private record Fingerprint(String deviceId, Address ip, long eventTimeMs) {}

    private static final class Device {
        private final String id;
        private AppVersion version;
        private long lastUseMs;

        Device(String id, long firstUseMs) {
            this.id = id;
            this.lastUseMs = firstUseMs;
        }
    }

    private final Settings settings;
    private final Consumer<Session> ended;
    /** Null for a user of whom nothing is remembered. */
    private CurrentSession session;

    /** Least recently used first. */
    private final List<Device> devices = new ArrayList<>(1);
    /** The device of all logins that name none. */
    private Device unnamed;
    /** Oldest first. */
    private final List<Fingerprint> distinctLogins = new ArrayList<>(MAX_DISTINCT_LOGINS);

    /** @param ended is told each session that another one follows, or that is forgotten */
    User(Settings settings, Consumer<Session> ended) {
        this.settings = settings;
        this.ended = ended;
    }

    /** The same members as of {@link #visit} where nothing is remembered of anybody. */
    static Map<String, Object> withoutMemory(LoginEvent event) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("device", device(event, false, 0));
        AppVersion parsed = AppVersion.parse(event.appVersion());
        facts.put("version", parsed == null ? null : version(parsed, null));
        facts.put("session", null);
        facts.put("is_late", false);
        facts.put("is_duplicate", false);
        return facts;
    }

    /** The user's present session; none before the first login. */
    Optional<Session> session() {
        return Optional.ofNullable(session).map(CurrentSession::snapshot);
    }

    /**
     * Takes the next login in order of processing.
     *
     * @param country of the login's place; null when it is not known
     * @return the members {@code device} to {@code is_duplicate}, in the contract's order
     */
    Map<String, Object> visit(LoginEvent event, String country) {
        long t = event.eventTimeMs();
        if (session != null && t - session.lastMs() > settings.retentionMs()) {
            forget();
        }
        boolean first = session == null;
        boolean longPast = !first && session.startMs() - t > settings.sessionGapMs();
        Fingerprint fingerprint = new Fingerprint(event.deviceId(), event.ip(), t);
        boolean duplicate = distinctLogins.contains(fingerprint);

        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("device", device(event));
        facts.put("version", version(event));
        facts.put("session", null);
        facts.put("is_late", !first && t < session.lastMs());
        facts.put("is_duplicate", duplicate);

        boolean isNew = first || t - session.lastMs() > settings.sessionGapMs();
        if (longPast) {
            return facts;
        } else if (duplicate) {
            facts.put("session", sessionFacts(false, 0L));
            return facts;
        } else if (isNew) {
            Long gapSeconds = first ? null : (Long) ((t - session.lastMs()) / 1000);
            long number = first ? 1 : session.number() + 1;
            session().ifPresent(ended);
            session = new CurrentSession(event.userId(), number, t);
            session.add(event, country);
            facts.put("session", sessionFacts(true, gapSeconds));
        } else {
            long gapSeconds = Math.max(0, t - session.lastMs()) / 1000;
            session.add(event, country);
            facts.put("session", sessionFacts(false, gapSeconds));
        }
        remember(event, fingerprint);
        return facts;
    }

    private void forget() {
        session().ifPresent(ended);
        session = null;
        devices.clear();
        unnamed = null;
        distinctLogins.clear();
    }

    private Map<String, Object> sessionFacts(boolean isNew, Long gapSeconds) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", session.id());
        members.put("is_new", isNew);
        members.put("number", session.number());
        members.put("login", session.logins());
        members.put("started_at", ReferenceJudge.iso8601(session.startMs()));
        members.put("gap_seconds", gapSeconds);
        return members;
    }

    private Map<String, Object> device(LoginEvent event) {
        boolean isNew = event.deviceId() != null && find(event.deviceId()) == null;
        return device(event, isNew, Math.min(MAX_DEVICES, devices.size() + (isNew ? 1 : 0)));
    }

    private static Map<String, Object> device(LoginEvent event, boolean isNew, int known) {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("platform", ReferenceJudge.platform(event.deviceType()));
        device.put("is_new", isNew);
        device.put("known_devices", known);
        return device;
    }

    private Map<String, Object> version(LoginEvent event) {
        AppVersion parsed = AppVersion.parse(event.appVersion());
        return parsed == null ? null : version(parsed, change(event, parsed));
    }

    private String change(LoginEvent event, AppVersion parsed) {
        Device device = find(event.deviceId());
        if (device == null) {
            return "first";
        }
        return event.eventTimeMs() < device.lastUseMs ? null : parsed.changeFrom(device.version);
    }

    private static Map<String, Object> version(AppVersion parsed, String change) {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("major", parsed.major());
        version.put("minor", parsed.minor());
        version.put("patch", parsed.patch());
        version.put("change", change);
        return version;
    }

    private void remember(LoginEvent event, Fingerprint fingerprint) {
        Device device = find(event.deviceId());
        if (device == null) {
            device = new Device(event.deviceId(), event.eventTimeMs());
        }
        if (event.eventTimeMs() >= device.lastUseMs) {
            AppVersion version = AppVersion.parse(event.appVersion());
            device.version = version == null ? device.version : version;
            device.lastUseMs = event.eventTimeMs();
        }
        if (device.id == null) {
            unnamed = device;
        } else {
            devices.remove(device);
            devices.add(device);
            forgetOldest(devices, MAX_DEVICES);
        }
        distinctLogins.add(fingerprint);
        forgetOldest(distinctLogins, MAX_DISTINCT_LOGINS);
    }

    private static void forgetOldest(List<?> oldestFirst, int most) {
        if (oldestFirst.size() > most) {
            oldestFirst.remove(0);
        }
    }

    /** The remembered device of this id, or of no id; null when there is none. */
    private Device find(String deviceId) {
        if (deviceId == null) {
            return unnamed;
        }
        for (Device device : devices) {
            if (Objects.equals(device.id, deviceId)) {
                return device;
            }
        }
        return null;
    }
}
