package io.gatehouse.core.profile;

import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What a user's devices and latest logins are told apart by. They are kept in the journal: how they are made is part of its format. */
final class Fingerprints {
    private static final long DEVICE_SEED = 1;
    private static final long LOGIN_SEED = 2;
    private static final int LOGIN_BYTES = 41;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] scratch = new byte[LOGIN_BYTES];

    /** The device that a login names; 0 when it names none. */
    static long ofDevice(Login login) {
        Text deviceId = login.deviceId();
        return deviceId.isPresent() ? XxHash64.hash(deviceId.bytes(), deviceId.from(), deviceId.to(), DEVICE_SEED) : 0;
    }

    /** What tells a duplicate: device, address and time. */
    long ofLogin(Login login, long device) {
        IpAddress ip = login.ip();
        LONG.set(scratch, 0, device);
        LONG.set(scratch, 8, ip.high());
        LONG.set(scratch, 16, ip.low());
        LONG.set(scratch, 24, login.eventTimeMs());
        LONG.set(scratch, 32, (long) ip.family());
        scratch[40] = (byte) (login.deviceId().isPresent() ? 1 : 0);
        return XxHash64.hash(scratch, 0, LOGIN_BYTES, LOGIN_SEED);
    }
}
