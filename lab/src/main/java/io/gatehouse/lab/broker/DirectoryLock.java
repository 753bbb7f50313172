package io.gatehouse.lab.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second node out of a data directory. Kafka has a lock of its own, but takes it only after the controller has
 * begun to write there: two of them damage the metadata of both.
 */
final class DirectoryLock {
    private static final String FILE = "gatehouse-broker.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws BrokerException if another node, of this process or another, holds it */
    static DirectoryLock take(Path directory) {
        try {
            FileChannel channel =
                    FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLockable(channel)) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new BrokerException("The broker's data directory " + directory + " cannot be used: " + e, e);
        }
        throw new BrokerException("Another broker uses the data directory " + directory);
    }

    private static boolean isLockable(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new BrokerException("The lock on the broker's data directory cannot be released: " + e, e);
        }
    }
}
