package io.gatehouse.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    private boolean known;
    private long startMs;
    private long lastMs;
    private long number;
    private long login;
    /** Least recently used first. */
    private final List<Device> devices = new ArrayList<>(1);
    /** The device of all logins that name none. */
    private Device unnamed;
    /** Oldest first. */
    private final List<Fingerprint> distinctLogins = new ArrayList<>(MAX_DISTINCT_LOGINS);

    User(Settings settings) {
        this.settings = settings;
    }

    /**
     * Takes the next login in order of processing.
     *
     * @return the members {@code device} to {@code is_duplicate}, in the contract's order
     */
    Map<String, Object> visit(LoginEvent event) {
        long t = event.eventTimeMs();
        if (known && t - lastMs > settings.retentionMs()) {
            forget();
        }
        boolean first = !known;
        boolean longPast = known && startMs - t > settings.sessionGapMs();
        Fingerprint fingerprint = new Fingerprint(event.deviceId(), event.ip(), t);
        boolean duplicate = distinctLogins.contains(fingerprint);

        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("device", device(event));
        facts.put("version", version(event));
        facts.put("session", null);
        facts.put("is_late", known && t < lastMs);
        facts.put("is_duplicate", duplicate);

        if (first) {
            facts.put("session", begin(event, null));
        } else if (longPast) {
            return facts;
        } else if (duplicate) {
            facts.put("session", session(event.userId(), false, 0L));
            return facts;
        } else if (t - lastMs > settings.sessionGapMs()) {
            facts.put("session", begin(event, (t - lastMs) / 1000));
        } else {
            long gapMs = Math.max(0, t - lastMs);
            login++;
            lastMs = Math.max(lastMs, t);
            facts.put("session", session(event.userId(), false, gapMs / 1000));
        }
        remember(event, fingerprint);
        return facts;
    }

    private void forget() {
        known = false;
        number = 0;
        devices.clear();
        unnamed = null;
        distinctLogins.clear();
    }

    private Map<String, Object> begin(LoginEvent event, Long gapSeconds) {
        known = true;
        startMs = event.eventTimeMs();
        lastMs = event.eventTimeMs();
        number++;
        login = 1;
        return session(event.userId(), true, gapSeconds);
    }

    private Map<String, Object> session(String userId, boolean isNew, Long gapSeconds) {
        byte[] identity = (userId + "\0" + startMs).getBytes(StandardCharsets.UTF_8);
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("id", HexFormat.of().toHexDigits(XxHash64.hash(identity)));
        session.put("is_new", isNew);
        session.put("number", number);
        session.put("login", login);
        session.put("started_at", ReferenceJudge.iso8601(startMs));
        session.put("gap_seconds", gapSeconds);
        return session;
    }

    private Map<String, Object> device(LoginEvent event) {
        boolean isNew = event.deviceId() != null && find(event.deviceId()) == null;
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("platform", ReferenceJudge.platform(event.deviceType()));
        device.put("is_new", isNew);
        device.put("known_devices", Math.min(MAX_DEVICES, devices.size() + (isNew ? 1 : 0)));
        return device;
    }

    private Map<String, Object> version(LoginEvent event) {
        AppVersion parsed = AppVersion.parse(event.appVersion());
        if (parsed == null) {
            return null;
        }
        Device device = find(event.deviceId());
        String change;
        if (device == null) {
            change = "first";
        } else if (event.eventTimeMs() < device.lastUseMs) {
            change = null;
        } else {
            change = parsed.changeFrom(device.version);
        }
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
