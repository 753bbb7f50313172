package io.gatehouse.core.profile;

/**
 * What is remembered of one user, unpacked: read from its image, folded, written back. Reused from login to login.
 *
 * <p>Recent logins and devices stand in order of processing, the latest first.
 */
final class Memory {
    /** How many distinct logins are kept to tell a duplicate by. */
    static final int MAX_RECENT = 4;
    /** How many devices a user has at most: the least recently used is forgotten. */
    static final int MAX_DEVICES = 8;
    /** How many countries a session tells: the first ones. */
    static final int MAX_COUNTRIES = 8;
    /** A device of which no version is remembered. */
    static final long NO_VERSION = -1;
    /** Where the logins without a {@code device_id} are remembered, after the devices: never forgotten, never counted. */
    static final int NO_DEVICE = MAX_DEVICES;

    long startMs;
    long lastMs;
    int number;
    int login;
    /** Those of the session's logins that were late. */
    int lateLogins;
    /** How often the session was published. */
    int revision;
    /** Whether there is nothing to publish of the session as it stands. */
    boolean published;
    /**
     * How many devices the session was used with, at most {@link #MAX_DEVICES}: the first of {@link #devices}, because
     * the devices of the present session were used later than all others. So the count is exact: a device of the session
     * is only forgotten when eight others of it were used since, and then it stays at eight.
     */
    int sessionDevices;

    int countryCount;
    /** The session's countries in order of processing, two letters each, the first in the higher byte. */
    final int[] countries = new int[MAX_COUNTRIES];

    int recentCount;
    final long[] recent = new long[MAX_RECENT];
    int deviceCount;
    /** Whether the entry at {@link #NO_DEVICE} is in use. */
    boolean knowsNoDevice;

    final long[] devices = new long[MAX_DEVICES + 1];
    final long[] lastUseMs = new long[MAX_DEVICES + 1];
    final long[] versions = new long[MAX_DEVICES + 1];

    /** Forgets everything: a user never seen. */
    void clear() {
        startMs = 0;
        lastMs = 0;
        number = 0;
        login = 0;
        clearSession();
        recentCount = 0;
        deviceCount = 0;
        knowsNoDevice = false;
    }

    /** Forgets what only the session's publication tells. */
    void clearSession() {
        lateLogins = 0;
        revision = 0;
        published = false;
        sessionDevices = 0;
        countryCount = 0;
    }

    /** @param letters of a login's country; 0 when it is not known */
    void addCountry(int letters) {
        if (letters == 0 || countryCount == MAX_COUNTRIES) {
            return;
        }
        for (int i = 0; i < countryCount; i++) {
            if (countries[i] == letters) {
                return;
            }
        }
        countries[countryCount++] = letters;
    }

    boolean isEmpty() {
        return number == 0;
    }

    boolean isRecent(long fingerprint) {
        for (int i = 0; i < recentCount; i++) {
            if (recent[i] == fingerprint) {
                return true;
            }
        }
        return false;
    }

    void addRecent(long fingerprint) {
        recentCount = Math.min(recentCount + 1, MAX_RECENT);
        // So few are moved sooner than arraycopy is called; what is behind the last means nothing.
        recent[3] = recent[2];
        recent[2] = recent[1];
        recent[1] = recent[0];
        recent[0] = fingerprint;
    }

    /** The entry of a device, or -1 when it is not known. */
    int findDevice(long fingerprint) {
        for (int i = 0; i < deviceCount; i++) {
            if (devices[i] == fingerprint) {
                return i;
            }
        }
        return -1;
    }

    /** Makes a device the most recent one, new or known, and returns its entry: 0. */
    int useDevice(int known, long fingerprint) {
        if (known < 0 || known >= sessionDevices) {
            sessionDevices = Math.min(sessionDevices + 1, MAX_DEVICES);
        }
        if (known == 0) {
            return 0;
        }
        long useMs = Long.MIN_VALUE;
        long version = NO_VERSION;
        int moved = known;
        if (known > 0) {
            useMs = lastUseMs[known];
            version = versions[known];
        } else {
            moved = Math.min(deviceCount, MAX_DEVICES - 1);
            deviceCount = moved + 1;
        }
        System.arraycopy(devices, 0, devices, 1, moved);
        System.arraycopy(lastUseMs, 0, lastUseMs, 1, moved);
        System.arraycopy(versions, 0, versions, 1, moved);
        devices[0] = fingerprint;
        lastUseMs[0] = useMs;
        versions[0] = version;
        return 0;
    }

    /** The entry of the logins without a {@code device_id}. */
    int useNoDevice() {
        if (!knowsNoDevice) {
            knowsNoDevice = true;
            devices[NO_DEVICE] = 0;
            lastUseMs[NO_DEVICE] = Long.MIN_VALUE;
            versions[NO_DEVICE] = NO_VERSION;
        }
        return NO_DEVICE;
    }
}
