package io.gatehouse.core.profile;

import io.gatehouse.core.login.AppVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What an image tells of its user, for people.
 *
 * @param startMs where the current session starts, epoch milliseconds
 * @param lastMs the latest event time, epoch milliseconds
 * @param number the current session's number
 * @param login how many logins the session has
 * @param recent how many distinct logins are kept to tell a duplicate by
 * @param devices the user's devices, the most recently used first; what logins without a {@code device_id} use comes last
 */
public record Remembered(long startMs, long lastMs, int number, int login, int recent, List<Device> devices) {
    /**
     * @param hasId false for what logins without a {@code device_id} use
     * @param lastUseMs epoch milliseconds
     * @param version "2.3.0"; null when none is known
     */
    public record Device(boolean hasId, long lastUseMs, String version) {}

    /**
     * Whether an image is this user's.
     *
     * @param userId in UTF-8
     * @param version of the image's format
     * @throws IllegalArgumentException when the bytes are no image of a user
     */
    public static boolean isOf(byte[] userId, ByteBuffer image, int version) {
        UserKey key = new UserKey();
        key.set(userId, 0, userId.length, 0);
        return key.isKeyOf(checked(image, version), 0);
    }

    /**
     * Unpacks an image.
     *
     * @param version of its format
     * @return null when it says that the user was forgotten
     * @throws IllegalArgumentException when the bytes are no image of a user
     */
    public static Remembered read(ByteBuffer image, int version) {
        byte[] bytes = checked(image, version);
        if (Image.kind(bytes, 0) == Image.FORGOTTEN) {
            return null;
        }
        Memory memory = new Memory();
        Image.read(bytes, 0, memory);
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < memory.deviceCount; i++) {
            devices.add(device(true, memory, i));
        }
        if (memory.knowsNoDevice) {
            devices.add(device(false, memory, Memory.NO_DEVICE));
        }
        return new Remembered(
                memory.startMs, memory.lastMs, memory.number, memory.login, memory.recentCount, List.copyOf(devices));
    }

    private static Device device(boolean hasId, Memory memory, int entry) {
        long version = memory.versions[entry];
        String text = version == Memory.NO_VERSION
                ? null
                : AppVersion.major(version) + "." + AppVersion.minor(version) + "." + AppVersion.patch(version);
        return new Device(hasId, memory.lastUseMs[entry], text);
    }

    private static byte[] checked(ByteBuffer image, int version) {
        byte[] bytes = new byte[Image.MAX_BYTES];
        Image.take(image, version, bytes);
        return bytes;
    }
}
