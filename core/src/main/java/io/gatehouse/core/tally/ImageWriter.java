package io.gatehouse.core.tally;

import io.gatehouse.core.profile.ImageSink;
import java.nio.ByteBuffer;

/** Writes images of statistics. Reused; single-threaded. */
final class ImageWriter {
    private final byte[] buffer = new byte[ImageFormat.MAX_BYTES];
    private final ByteBuffer image = ImageFormat.ordered(buffer);
    private ImageSink sink;
    private int subject;
    private long lengthMs;
    private long number;
    private int part;
    private long bytes;

    /** Sets where images go from here on. */
    void to(ImageSink newSink) {
        sink = newSink;
        bytes = 0;
    }

    /** Sets what the following parts belong to. */
    void of(int newSubject, long windowLengthMs, long windowNumber) {
        subject = newSubject;
        lengthMs = windowLengthMs;
        number = windowNumber;
    }

    void begin(int newPart) {
        part = newPart;
        image.clear();
        image.put(ImageFormat.head(subject, part)).putLong(lengthMs).putLong(number);
    }

    void count(int index, long count) {
        reserve(ImageFormat.COUNT_BYTES);
        image.putShort((short) index).putLong(count);
    }

    void register(int index, byte rank) {
        reserve(ImageFormat.REGISTER_BYTES);
        image.putShort((short) index).put(rank);
    }

    void name(int heading, int index, byte[] name) {
        reserve(ImageFormat.NAME_HEADER_BYTES + name.length);
        image.put((byte) heading)
                .put((byte) index)
                .putShort((short) name.length)
                .put(name);
    }

    private void reserve(int needed) {
        if (image.remaining() < needed) {
            end();
            begin(part);
        }
    }

    /** Bytes of the images since {@link #to}. */
    long bytes() {
        return bytes;
    }

    /** Hands the image over, if there is anything in it. */
    void end() {
        if (image.position() > ImageFormat.HEADER_BYTES) {
            sink.accept(buffer, 0, image.position());
            bytes += image.position();
        }
    }
}
