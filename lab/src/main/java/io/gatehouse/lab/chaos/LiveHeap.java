package io.gatehouse.lab.chaos;

import io.gatehouse.lab.process.ProcessException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of another Java process's heap is in use after a full collection, by the JDK's own {@code jcmd}. */
final class LiveHeap {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    /** The last line of a histogram: instances and bytes of all classes. */
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private LiveHeap() {}

    /**
     * Makes a process collect its garbage, and tells what is left.
     *
     * @return bytes
     * @throws ProcessException when that cannot be told
     */
    static long of(long pid) throws InterruptedException {
        try {
            // A histogram is of live objects alone, and so begins with a full collection.
            Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            long bytes = -1;
            try (BufferedReader said = jcmd.inputReader(StandardCharsets.UTF_8)) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    Matcher total = TOTAL.matcher(line);
                    if (total.find()) {
                        bytes = Long.parseLong(total.group(1));
                    }
                }
            }
            if (jcmd.waitFor() != 0 || bytes < 0) {
                throw new ProcessException("jcmd does not tell the heap of process " + pid);
            }
            return bytes;
        } catch (IOException e) {
            throw new ProcessException("jcmd cannot be run: " + e.getMessage() + "; it is part of a JDK", e);
        }
    }
}
