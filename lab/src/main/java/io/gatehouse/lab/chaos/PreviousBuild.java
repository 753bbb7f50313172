package io.gatehouse.lab.chaos;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Gatehouse as it was at the commit before, built once and kept for the next run. */
final class PreviousBuild {
    private static final long BUILT_WITHIN_MIN = 10;
    private static final String COMMIT = "HEAD~1";

    private final Path builds;
    private String classPath;
    private String impossible = "it was not built";

    /** @param builds a directory for builds, by commit */
    PreviousBuild(Path builds) {
        this.builds = builds;
    }

    /** Builds it where that is to be done; where it cannot be, {@link #classPath} will say why. */
    void prepare() throws InterruptedException {
        try {
            Path build = builds.resolve(commit());
            if (!Files.isDirectory(build)) {
                build(build);
            }
            classPath = jars(build);
        } catch (IOException e) {
            impossible = "the commit before cannot be built: " + e.getMessage();
        }
    }

    /**
     * The class path of its {@code gatehouse run}.
     *
     * @throws LeftOut where there is no source tree with a history, or it cannot be built
     */
    String classPath() {
        if (classPath == null) {
            throw new LeftOut(impossible);
        }
        return classPath;
    }

    private static String commit() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "rev-parse", "--verify", "--quiet", COMMIT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (git.waitFor() != 0) {
            throw new IOException("there is none");
        }
        return commit;
    }

    /** Builds in a directory beside, and renames: what is there is whole. */
    private static void build(Path build) throws IOException, InterruptedException {
        Path sources = Files.createTempDirectory(Files.createDirectories(build.getParent()), "sources");
        run(sources, "git archive " + COMMIT + " | tar -x -C '" + sources + "'", Path.of(""));
        run(sources, "mvn -B -ntp -q -DskipTests -pl app -am package", sources);
        try (Stream<Path> distributions = Files.list(sources.resolve("app/target/distribution"))) {
            Path lib = distributions
                    .map(distribution -> distribution.resolve("lib"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IOException("it makes no distribution"));
            Files.move(lib, build);
        }
        run(build, "rm -rf '" + sources + "'", build);
    }

    private static void run(Path log, String command, Path directory) throws IOException, InterruptedException {
        Path said = log.resolveSibling(log.getFileName() + ".log");
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start();
        if (!process.waitFor(BUILT_WITHIN_MIN, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("'" + command + "' takes too long; see " + said);
        }
        if (process.exitValue() != 0) {
            throw new IOException("'" + command + "' fails; see " + said);
        }
    }

    private static String jars(Path build) throws IOException {
        try (Stream<Path> jars = Files.list(build)) {
            List<String> names = jars.map(Path::toString).sorted().toList();
            return String.join(File.pathSeparator, names);
        }
    }
}
