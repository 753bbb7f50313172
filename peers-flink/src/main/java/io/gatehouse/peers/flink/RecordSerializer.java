package io.gatehouse.peers.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.kafka.shaded.org.apache.kafka.common.header.Header;
import org.apache.flink.kafka.shaded.org.apache.kafka.common.header.Headers;
import org.apache.flink.kafka.shaded.org.apache.kafka.common.header.internals.RecordHeaders;

/** What the serializers of records have in common. Records are not changed once they are made. */
abstract class RecordSerializer<T> extends TypeSerializerSingleton<T> {
    private static final int NULL = -1;
    private static final int VARIABLE = -1;

    static void writeBytes(byte[] bytes, DataOutputView to) throws IOException {
        if (bytes == null) {
            to.writeInt(NULL);
        } else {
            to.writeInt(bytes.length);
            to.write(bytes);
        }
    }

    static byte[] readBytes(DataInputView from) throws IOException {
        int length = from.readInt();
        if (length == NULL) {
            return null;
        }
        byte[] bytes = new byte[length];
        from.readFully(bytes);
        return bytes;
    }

    static void writeHeaders(Headers headers, DataOutputView to) throws IOException {
        Header[] all = headers.toArray();
        to.writeInt(all.length);
        for (Header header : all) {
            to.writeUTF(header.key());
            writeBytes(header.value(), to);
        }
    }

    static Headers readHeaders(DataInputView from) throws IOException {
        Headers headers = new RecordHeaders();
        for (int left = from.readInt(); left > 0; left--) {
            headers.add(from.readUTF(), readBytes(from));
        }
        return headers;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** There is no empty record. */
    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return VARIABLE;
    }

    @Override
    public T deserialize(T reuse, DataInputView from) throws IOException {
        return deserialize(from);
    }

    @Override
    public void copy(DataInputView from, DataOutputView to) throws IOException {
        serialize(deserialize(from), to);
    }
}
