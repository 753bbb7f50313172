package io.gatehouse.peers.job;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of a user, and what it makes of the user's next login. Ids of devices, and the logins that a
 * duplicate is known by, are kept as hashes of 64 bits.
 *
 * <p>Its bytes, numbers big-endian:
 *
 * <pre>
 *  0  8  start of the session, epoch milliseconds
 *  8  8  last login, epoch milliseconds
 * 16  4  number of the session
 * 20  4  logins in it
 * 24  1  bits 0-3 devices (0 to 8), bit 4 a device without an id, bits 5-7 recent logins (1 to 4)
 * 25     recent logins, 8 each, oldest first
 *        devices, 24 each, least recently used first, the one without an id at the end: id, last use, version
 * </pre>
 */
public final class UserProfile {
    private static final int MAX_DEVICES = 8;
    private static final int MAX_RECENT = 4;
    private static final long SESSION_GAP_MS = 30 * 60_000L;
    private static final long RETENTION_MS = 90 * 86_400_000L;

    private static final int HEAD_BYTES = 25;
    private static final int RECENT_BYTES = 8;
    private static final int DEVICE_BYTES = 24;
    private static final int DEVICES_MASK = 0xF;
    private static final int HAS_UNNAMED = 1 << 4;
    private static final int RECENT_SHIFT = 5;

    private static final class Device {
        private static final long NO_VERSION = -1;

        private final long id;
        private long lastUseMs;
        private long version;

        Device(long id, long lastUseMs, long version) {
            this.id = id;
            this.lastUseMs = lastUseMs;
            this.version = version;
        }

        Device copy() {
            return new Device(id, lastUseMs, version);
        }
    }

    private long startMs;
    private long lastMs;
    /** 0 for a user of whom nothing is remembered. */
    private int number;

    private int logins;
    /** Least recently used first. */
    private final List<Device> devices;
    /** The device of all logins that name none; null before the first of them. */
    private Device unnamed;
    /** Oldest first. */
    private final long[] recent = new long[MAX_RECENT];

    private int recentCount;

    /** Of a user not seen before. */
    public UserProfile() {
        this(1);
    }

    private UserProfile(int devices) {
        this.devices = new ArrayList<>(devices);
    }

    /** A profile of its own that remembers the same. */
    public UserProfile copy() {
        UserProfile copy = new UserProfile(Math.max(1, devices.size()));
        copy.startMs = startMs;
        copy.lastMs = lastMs;
        copy.number = number;
        copy.logins = logins;
        devices.forEach(device -> copy.devices.add(device.copy()));
        copy.unnamed = unnamed == null ? null : unnamed.copy();
        System.arraycopy(recent, 0, copy.recent, 0, recentCount);
        copy.recentCount = recentCount;
        return copy;
    }

    /** Takes the next login in order of processing. */
    Visit visit(Login login, LoginHash hash) {
        long t = login.eventTimeMs();
        if (number > 0 && t - lastMs > RETENTION_MS) {
            forget();
        }
        boolean isFirst = number == 0;
        boolean isLongPast = !isFirst && startMs - t > SESSION_GAP_MS;
        boolean isLate = !isFirst && t < lastMs;
        long deviceId = login.deviceId() == null ? 0 : hash.ofDevice(login.deviceId());
        long fingerprint = hash.ofLogin(login, deviceId);
        boolean isDuplicate = isRecent(fingerprint);
        Device device = login.deviceId() == null ? unnamed : find(deviceId);
        boolean isNewDevice = login.deviceId() != null && device == null;
        int known = Math.min(MAX_DEVICES, devices.size() + (isNewDevice ? 1 : 0));
        Visit.Change change = login.version() == null ? Visit.Change.NONE : change(device, login);
        boolean isRemembered = !isLongPast && !isDuplicate;

        Visit.Session session = null;
        if (isRemembered) {
            session = enterSession(t, isFirst);
            remember(login, device, deviceId, fingerprint);
        } else if (!isLongPast) {
            session = new Visit.Session(false, number, logins, startMs, 0);
        }
        return new Visit(isNewDevice, known, change, session, isLate, isDuplicate, isRemembered);
    }

    private void forget() {
        number = 0;
        devices.clear();
        unnamed = null;
        recentCount = 0;
    }

    private Visit.Session enterSession(long t, boolean isFirst) {
        boolean isNew = isFirst || t - lastMs > SESSION_GAP_MS;
        long gapSeconds = isFirst ? Visit.Session.NO_GAP : Math.max(0, t - lastMs) / 1000;
        if (isNew) {
            number++;
            logins = 1;
            startMs = t;
            lastMs = t;
        } else {
            logins++;
            lastMs = Math.max(lastMs, t);
        }
        return new Visit.Session(isNew, number, logins, startMs, gapSeconds);
    }

    private static Visit.Change change(Device device, Login login) {
        if (device == null) {
            return Visit.Change.FIRST;
        }
        if (login.eventTimeMs() < device.lastUseMs) {
            return Visit.Change.NONE;
        }
        if (device.version == Device.NO_VERSION) {
            return Visit.Change.FIRST;
        }
        int order = Long.compare(login.version().packed(), device.version);
        return order == 0 ? Visit.Change.SAME : order > 0 ? Visit.Change.UPGRADE : Visit.Change.DOWNGRADE;
    }

    private void remember(Login login, Device known, long deviceId, long fingerprint) {
        Device device = known == null ? new Device(deviceId, login.eventTimeMs(), Device.NO_VERSION) : known;
        if (login.eventTimeMs() >= device.lastUseMs) {
            device.lastUseMs = login.eventTimeMs();
            device.version =
                    login.version() == null ? device.version : login.version().packed();
        }
        if (login.deviceId() == null) {
            unnamed = device;
        } else {
            moveToEnd(device);
        }
        if (recentCount == MAX_RECENT) {
            System.arraycopy(recent, 1, recent, 0, --recentCount);
        }
        recent[recentCount++] = fingerprint;
    }

    private void moveToEnd(Device device) {
        int last = devices.size() - 1;
        if (last >= 0 && devices.get(last) == device) {
            return;
        }
        devices.remove(device);
        devices.add(device);
        if (devices.size() > MAX_DEVICES) {
            devices.remove(0);
        }
    }

    private Device find(long id) {
        for (Device device : devices) {
            if (device.id == id) {
                return device;
            }
        }
        return null;
    }

    private boolean isRecent(long fingerprint) {
        for (int i = 0; i < recentCount; i++) {
            if (recent[i] == fingerprint) {
                return true;
            }
        }
        return false;
    }

    /** What {@link #write} takes. */
    public int sizeBytes() {
        int allDevices = devices.size() + (unnamed == null ? 0 : 1);
        return HEAD_BYTES + recentCount * RECENT_BYTES + allDevices * DEVICE_BYTES;
    }

    public void write(ByteBuffer to) {
        to.putLong(startMs).putLong(lastMs).putInt(number).putInt(logins);
        to.put((byte) (devices.size() | (unnamed == null ? 0 : HAS_UNNAMED) | recentCount << RECENT_SHIFT));
        for (int i = 0; i < recentCount; i++) {
            to.putLong(recent[i]);
        }
        for (Device device : devices) {
            write(device, to);
        }
        if (unnamed != null) {
            write(unnamed, to);
        }
    }

    private static void write(Device device, ByteBuffer to) {
        to.putLong(device.id).putLong(device.lastUseMs).putLong(device.version);
    }

    /** The profile that {@link #write} wrote. */
    public static UserProfile read(ByteBuffer from) {
        long startMs = from.getLong();
        long lastMs = from.getLong();
        int number = from.getInt();
        int logins = from.getInt();
        int counts = from.get();
        int devices = counts & DEVICES_MASK;
        UserProfile profile = new UserProfile(Math.max(1, devices));
        profile.startMs = startMs;
        profile.lastMs = lastMs;
        profile.number = number;
        profile.logins = logins;
        profile.recentCount = (counts & 0xff) >>> RECENT_SHIFT;
        for (int i = 0; i < profile.recentCount; i++) {
            profile.recent[i] = from.getLong();
        }
        for (int i = 0; i < devices; i++) {
            profile.devices.add(readDevice(from));
        }
        if ((counts & HAS_UNNAMED) != 0) {
            profile.unnamed = readDevice(from);
        }
        return profile;
    }

    private static Device readDevice(ByteBuffer from) {
        return new Device(from.getLong(), from.getLong(), from.getLong());
    }
}
