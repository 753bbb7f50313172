package io.gatehouse.peers.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records of the input on their way to where their users are known. Public for Flink. */
public final class InputRecordSerializer extends RecordSerializer<InputRecord> {
    @Override
    public void serialize(InputRecord record, DataOutputView to) throws IOException {
        writeBytes(record.key(), to);
        writeBytes(record.value(), to);
        writeHeaders(record.headers(), to);
        to.writeInt(record.partition());
        to.writeLong(record.offset());
        to.writeLong(record.timestampMs());
    }

    @Override
    public InputRecord deserialize(DataInputView from) throws IOException {
        return new InputRecord(
                readBytes(from), readBytes(from), readHeaders(from), from.readInt(), from.readLong(), from.readLong());
    }

    @Override
    public TypeSerializerSnapshot<InputRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** There is one version. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<InputRecord> {
        public Snapshot() {
            super(InputRecordSerializer::new);
        }
    }
}
