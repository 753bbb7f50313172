package io.gatehouse.core.geo;

import java.nio.ByteBuffer;

/** The columns of a compiled table, one after another. */
final class Columns {
    private final ByteBuffer file;

    Columns(ByteBuffer file) {
        this.file = file;
    }

    Column next(String name) {
        if (file.remaining() < Integer.BYTES) {
            throw cut(name);
        }
        int length = file.getInt();
        if (length < 0 || length > file.remaining()) {
            throw cut(name);
        }
        ByteBuffer deflated = file.slice(file.position(), length);
        file.position(file.position() + length);
        return new Column(name, deflated);
    }

    private static GeoTableException cut(String name) {
        return new GeoTableException("the geo table is damaged: it ends before its column \"" + name + "\" does");
    }
}
