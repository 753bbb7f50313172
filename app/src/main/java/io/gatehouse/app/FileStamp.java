package io.gatehouse.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells a file's content from another without reading it.
 *
 * @param lengthBytes -1 for no file
 * @param identity tells a file that was renamed into place from the one before; null where the file system has none
 */
public record FileStamp(long lengthBytes, FileTime changed, Object identity) {
    private static final FileStamp ABSENT = new FileStamp(-1, FileTime.fromMillis(0), null);

    /** The stamp of the file as it is now, also when there is none, or none that may be looked at. */
    public static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
