package io.gatehouse.peers.job;

import java.nio.charset.StandardCharsets;

/**
 * A login event that is as it should be. What its producer did not tell is null.
 *
 * @param key the user's id, UTF-8
 * @param eventTimeMs epoch milliseconds
 * @param ip 4 bytes, or 16 of an address that maps no IPv4 one
 * @param version null, too, where {@code app_version} is none
 */
public record Login(
        String userId, byte[] key, long eventTimeMs, byte[] ip, String deviceType, AppVersion version, String deviceId)
        implements Reading {
    Login(String userId, long eventTimeMs, byte[] ip, String deviceType, AppVersion version, String deviceId) {
        this(userId, userId.getBytes(StandardCharsets.UTF_8), eventTimeMs, ip, deviceType, version, deviceId);
    }
}
