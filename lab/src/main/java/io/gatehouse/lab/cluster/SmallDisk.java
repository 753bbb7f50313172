package io.gatehouse.lab.cluster;

import io.gatehouse.lab.process.LastWill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of its own for one directory, that can be full: a tmpfs, which takes as much memory as there are data in it. It is
 * made full by shrinking it to them; a file that takes the rest of it would take that much memory.
 */
final class SmallDisk implements AutoCloseable {
    /** Whoever fills it meanwhile may be faster once or twice, not more. */
    private static final int ATTEMPTS = 20;

    private final Path directory;
    private final long bytes;
    private final LastWill unmount;

    private SmallDisk(Path directory, long bytes) {
        this.directory = directory;
        this.bytes = bytes;
        this.unmount = LastWill.of("umount", "-l", directory.toString());
    }

    /** @throws FaultImpossible if this process may not mount anything */
    static SmallDisk mount(Path directory, int megabytes) {
        long bytes = megabytes * 1024L * 1024L;
        String refusal = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "gatehouse-lab", directory.toString());
        if (!refusal.isEmpty()) {
            throw new FaultImpossible("a full disk needs the right to mount a tmpfs (root, CAP_SYS_ADMIN): " + refusal);
        }
        return new SmallDisk(directory, bytes);
    }

    /** From now on nothing more can be written to it. */
    void fill() throws IOException {
        FileStore store = Files.getFileStore(directory);
        String refusal = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            refusal = resize(store.getTotalSpace() - store.getUnallocatedSpace());
            if (refusal.isEmpty()) {
                return;
            }
        }
        throw new IOException("The disk " + directory + " cannot be filled: " + refusal);
    }

    /** It has as much room as at first. */
    void free() throws IOException {
        String refusal = resize(bytes);
        if (!refusal.isEmpty()) {
            throw new IOException("The disk " + directory + " cannot be made larger: " + refusal);
        }
    }

    private String resize(long size) {
        return run("mount", "-o", "remount,size=" + size, directory.toString());
    }

    /** @return what it says when it fails; empty if it does not */
    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0
                    ? ""
                    : command[0] + " ends with exit code " + process.exitValue() + ": " + output;
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return command[0] + " was interrupted";
        }
    }

    /** Unmounts it: what was on it is gone. */
    @Override
    public void close() {
        run("umount", "-l", directory.toString());
        unmount.revoke();
    }
}
