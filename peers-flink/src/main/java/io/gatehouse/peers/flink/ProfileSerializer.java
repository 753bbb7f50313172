package io.gatehouse.peers.flink;

import io.gatehouse.peers.job.UserProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Profiles in checkpoints, and in RocksDB: their length (2 bytes) and their bytes. Public for Flink. */
public final class ProfileSerializer extends TypeSerializerSingleton<UserProfile> {
    private static final int VARIABLE = -1;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public UserProfile createInstance() {
        return new UserProfile();
    }

    @Override
    public UserProfile copy(UserProfile from) {
        return from.copy();
    }

    @Override
    public UserProfile copy(UserProfile from, UserProfile reuse) {
        return from.copy();
    }

    @Override
    public int getLength() {
        return VARIABLE;
    }

    @Override
    public void serialize(UserProfile profile, DataOutputView to) throws IOException {
        byte[] bytes = new byte[profile.sizeBytes()];
        profile.write(ByteBuffer.wrap(bytes));
        to.writeShort(bytes.length);
        to.write(bytes);
    }

    @Override
    public UserProfile deserialize(DataInputView from) throws IOException {
        return UserProfile.read(ByteBuffer.wrap(readBytes(from)));
    }

    @Override
    public UserProfile deserialize(UserProfile reuse, DataInputView from) throws IOException {
        return deserialize(from);
    }

    @Override
    public void copy(DataInputView from, DataOutputView to) throws IOException {
        byte[] bytes = readBytes(from);
        to.writeShort(bytes.length);
        to.write(bytes);
    }

    private static byte[] readBytes(DataInputView from) throws IOException {
        byte[] bytes = new byte[from.readUnsignedShort()];
        from.readFully(bytes);
        return bytes;
    }

    @Override
    public TypeSerializerSnapshot<UserProfile> snapshotConfiguration() {
        return new Snapshot();
    }

    /** There is one version. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserProfile> {
        public Snapshot() {
            super(ProfileSerializer::new);
        }
    }
}
