package io.gatehouse.lab.bench;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The contestant in Python: {@code peer.py}, a script beside this class, run by the system's Python with Debian's packages
 * python3-kafka, python3-lz4, python3-crc32c, python3-xxhash and python3-maxminddb.
 */
public final class PythonPeer {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "peer.py";
    private static final String IMPORTS = "import kafka, lz4.frame, crc32c, xxhash, maxminddb";

    private PythonPeer() {}

    /** Whether this machine has that Python and all the packages. */
    public static boolean isRunnable() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", IMPORTS)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    /**
     * The command that runs it until SIGTERM.
     *
     * @param directory where the script is laid out
     * @param settings what all contestants are told, and this one's own, by key
     */
    public static List<String> command(Path directory, Map<String, String> settings) throws IOException {
        Path script = directory.resolve(SCRIPT);
        try (InputStream packed = PythonPeer.class.getResourceAsStream(SCRIPT)) {
            if (packed == null) {
                throw new FileNotFoundException(SCRIPT + " is missing from the program");
            }
            Files.copy(packed, script, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return command;
    }
}
