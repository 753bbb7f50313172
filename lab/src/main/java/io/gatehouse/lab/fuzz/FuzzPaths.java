package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a run keeps its files: the corpus, which grows from run to run, and beside it, since the fuzzer takes all that lies
 * in the corpus for inputs, everything else.
 */
record FuzzPaths(Path corpus) {
    /** Makes the directories, and writes the target's seeds and words. */
    void prepare(Property property) throws IOException {
        Files.createDirectories(corpus);
        Files.createDirectories(findings());
        Files.createDirectories(seeds());
        List<byte[]> inputs = property.seeds();
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(seeds().resolve("seed-" + i), inputs.get(i));
        }
        Files.write(words(), property.words().stream().map(FuzzPaths::quoted).toList());
    }

    /** The inputs for which the property was found not to hold, each beside a program that tries it. */
    Path findings() {
        return beside("findings");
    }

    Path seeds() {
        return beside("seeds");
    }

    /** The words, as libFuzzer reads them. */
    Path words() {
        return beside("words");
    }

    /** All that the fuzzer said. */
    Path log() {
        return beside("log");
    }

    private Path beside(String what) {
        return corpus.resolveSibling(corpus.getFileName() + "-" + what);
    }

    private static String quoted(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte b : word.getBytes(UTF_8)) {
            quoted.append(String.format("\\x%02x", b));
        }
        return quoted.append('"').toString();
    }
}
