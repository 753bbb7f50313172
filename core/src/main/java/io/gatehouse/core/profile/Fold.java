package io.gatehouse.core.profile;

import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Verdict;
import io.gatehouse.core.login.VersionChange;

/**
 * The contract's rules on one user: old memory and a login in, new memory and the verdict's part on device, version and
 * session out.
 */
final class Fold {
    /** The contract's five rules on sessions; the first that holds is the one. */
    private enum Rule {
        FIRST_LOGIN,
        LONG_PAST,
        DUPLICATE,
        NEW_SESSION,
        SAME_SESSION
    }

    private final long gapMs;
    private final long retentionMs;
    private final boolean publishing;
    private final ClosedSessions closed;
    private final SessionId sessionId = new SessionId();

    /**
     * @param publishing whether sessions that begin are to be published
     * @param closed receives sessions that others follow
     */
    Fold(long gapMs, long retentionMs, boolean publishing, ClosedSessions closed) {
        this.gapMs = gapMs;
        this.retentionMs = retentionMs;
        this.publishing = publishing;
        this.closed = closed;
    }

    /**
     * Judges a login and remembers it.
     *
     * @param key its user
     * @param device the fingerprint of its device
     * @param fingerprint its own
     * @param memory empty for a user never seen
     * @return whether the memory has changed
     */
    boolean apply(Login login, UserKey key, long device, long fingerprint, Memory memory, Verdict verdict) {
        long eventTimeMs = login.eventTimeMs();
        if (eventTimeMs - memory.lastMs > retentionMs) {
            endSession(key, memory);
            memory.clear();
        }
        boolean duplicate = memory.isRecent(fingerprint);
        Rule rule = rule(memory, eventTimeMs, duplicate);
        verdict.setDuplicate(duplicate);
        verdict.setLate(rule != Rule.FIRST_LOGIN && eventTimeMs < memory.lastMs);
        if (rule == Rule.LONG_PAST || rule == Rule.DUPLICATE) {
            judgeDevice(login, device, memory, verdict);
            if (rule == Rule.DUPLICATE) {
                tellSession(login, memory, false, 0, verdict);
            }
            return false;
        }
        if (rule == Rule.NEW_SESSION) {
            endSession(key, memory);
            memory.clearSession();
        }
        useDevice(login, device, memory, verdict);
        memory.addCountry(verdict.countryLetters());
        advanceSession(rule, login, memory, verdict);
        memory.addRecent(fingerprint);
        return true;
    }

    private void endSession(UserKey key, Memory memory) {
        if (!memory.isEmpty() && !memory.published) {
            closed.close(key, memory);
        }
    }

    private Rule rule(Memory memory, long eventTimeMs, boolean duplicate) {
        if (memory.isEmpty()) {
            return Rule.FIRST_LOGIN;
        }
        if (memory.startMs - eventTimeMs > gapMs) {
            return Rule.LONG_PAST;
        }
        if (duplicate) {
            return Rule.DUPLICATE;
        }
        return eventTimeMs - memory.lastMs > gapMs ? Rule.NEW_SESSION : Rule.SAME_SESSION;
    }

    private void advanceSession(Rule rule, Login login, Memory memory, Verdict verdict) {
        long eventTimeMs = login.eventTimeMs();
        long gapSeconds = rule == Rule.FIRST_LOGIN ? Verdict.NO_GAP : Math.max(0, eventTimeMs - memory.lastMs) / 1000;
        if (rule == Rule.SAME_SESSION) {
            memory.login = increment(memory.login);
            if (verdict.isLate()) {
                memory.lateLogins = increment(memory.lateLogins);
            }
            // It is to be published again; but one that counts as published and never was, never will be.
            memory.published &= !publishing || memory.revision == 0;
            memory.lastMs = Math.max(memory.lastMs, eventTimeMs);
        } else {
            // What is never to be published counts as published already.
            memory.published = !publishing;
            memory.number = increment(memory.number);
            memory.login = 1;
            memory.startMs = eventTimeMs;
            memory.lastMs = eventTimeMs;
        }
        tellSession(login, memory, rule != Rule.SAME_SESSION, gapSeconds, verdict);
    }

    private void tellSession(Login login, Memory memory, boolean isNew, long gapSeconds, Verdict verdict) {
        long id = sessionId.of(login.userId(), memory.startMs);
        verdict.setSession(id, isNew, memory.number, memory.login, memory.startMs, gapSeconds);
    }

    /** What the present memory says of the login's device, which stays as it is. */
    private static void judgeDevice(Login login, long device, Memory memory, Verdict verdict) {
        if (login.deviceId().isPresent()) {
            int known = memory.findDevice(device);
            int devices = known >= 0 ? memory.deviceCount : memory.deviceCount + 1;
            verdict.setDevice(known < 0, Math.min(devices, Memory.MAX_DEVICES));
            judgeVersion(login, memory, known, verdict);
        } else {
            verdict.setDevice(false, memory.deviceCount);
            judgeVersion(login, memory, memory.knowsNoDevice ? Memory.NO_DEVICE : -1, verdict);
        }
    }

    private static void useDevice(Login login, long device, Memory memory, Verdict verdict) {
        int entry;
        if (login.deviceId().isPresent()) {
            int known = memory.findDevice(device);
            entry = memory.useDevice(known, device);
            verdict.setDevice(known < 0, memory.deviceCount);
        } else {
            entry = memory.useNoDevice();
            verdict.setDevice(false, memory.deviceCount);
        }
        judgeVersion(login, memory, entry, verdict);
        if (login.eventTimeMs() >= memory.lastUseMs[entry]) {
            memory.lastUseMs[entry] = login.eventTimeMs();
            if (verdict.version() >= 0) {
                memory.versions[entry] = verdict.version();
            }
        }
    }

    /** @param device the entry to compare with, negative when the device is not known */
    private static void judgeVersion(Login login, Memory memory, int device, Verdict verdict) {
        if (verdict.version() < 0 || device >= 0 && login.eventTimeMs() < memory.lastUseMs[device]) {
            return;
        }
        long known = device < 0 ? Memory.NO_VERSION : memory.versions[device];
        verdict.setVersionChange(known == Memory.NO_VERSION ? VersionChange.FIRST : change(known, verdict.version()));
    }

    private static VersionChange change(long from, long to) {
        if (from == to) {
            return VersionChange.SAME;
        }
        return from < to ? VersionChange.UPGRADE : VersionChange.DOWNGRADE;
    }

    /** Stays at the greatest number instead of turning negative, which no image may hold. */
    private static int increment(int count) {
        return count == Integer.MAX_VALUE ? count : count + 1;
    }
}
