package io.gatehouse.core.profile;

/** Takes the after-images of users and statistics for the journal. */
@FunctionalInterface
public interface ImageSink {
    /** One image: the bytes from {@code offset} on; to be copied before returning. */
    void accept(byte[] source, int offset, int lengthBytes);
}
