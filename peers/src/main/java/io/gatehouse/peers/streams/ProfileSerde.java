package io.gatehouse.peers.streams;

import io.gatehouse.peers.job.UserProfile;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Profiles as the store and its changelog keep them. */
final class ProfileSerde implements Serde<UserProfile> {
    @Override
    public Serializer<UserProfile> serializer() {
        return (topic, profile) -> profile == null ? null : bytes(profile);
    }

    @Override
    public Deserializer<UserProfile> deserializer() {
        return (topic, bytes) -> bytes == null ? null : UserProfile.read(ByteBuffer.wrap(bytes));
    }

    private static byte[] bytes(UserProfile profile) {
        byte[] bytes = new byte[profile.sizeBytes()];
        profile.write(ByteBuffer.wrap(bytes));
        return bytes;
    }
}
