package io.gatehouse.peers.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records of the outputs, which are not used while the sink is chained to the function. Public for Flink. */
public final class OutputRecordSerializer extends RecordSerializer<OutputRecord> {
    @Override
    public void serialize(OutputRecord record, DataOutputView to) throws IOException {
        to.writeBoolean(record.isDeadLetter());
        writeBytes(record.key(), to);
        writeBytes(record.value(), to);
        writeHeaders(record.headers(), to);
    }

    @Override
    public OutputRecord deserialize(DataInputView from) throws IOException {
        return new OutputRecord(from.readBoolean(), readBytes(from), readBytes(from), readHeaders(from));
    }

    @Override
    public TypeSerializerSnapshot<OutputRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** There is one version. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutputRecord> {
        public Snapshot() {
            super(OutputRecordSerializer::new);
        }
    }
}
