package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The inputs for which the property was found not to hold, in this run and earlier ones. */
    Set<Path> found() throws IOException {
        try (Stream<Path> files = Files.list(findings())) {
            // Beside each input lies a program that tries it, which is of no use here.
            return files.filter(file -> !file.toString().endsWith(".java"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
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
