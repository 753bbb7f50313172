package io.gatehouse.reference;

/**
 * A valid login event. Optional fields that are absent, or JSON null, are null.
 *
 * @param eventTimeMs epoch milliseconds
 * @param originalMembers the event's own bytes from its opening brace to the end of its last member
 */
record LoginEvent(
        String userId,
        long eventTimeMs,
        Address ip,
        String deviceType,
        String appVersion,
        String locale,
        String deviceId,
        byte[] originalMembers)
        implements Reading {}
