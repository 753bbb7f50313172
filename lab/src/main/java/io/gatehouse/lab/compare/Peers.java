package io.gatehouse.lab.compare;

import io.gatehouse.lab.Lab;
import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs that Gatehouse is compared with: built when they are first needed, for nothing else needs them. */
final class Peers {
    private Peers() {}

    /** Those on today's Kafka clients, and all their libraries. */
    static Path jar() {
        return home().resolve("peers/target/gatehouse-peers.jar");
    }

    /** Flink's, which brings Kafka clients of its own. */
    static Path flinkJar() {
        return home().resolve("peers-flink/target/gatehouse-peers-flink.jar");
    }

    /**
     * Builds them unless they are as young as this program.
     *
     * @throws ProcessException when there is no source tree, or it cannot be built
     */
    static void build(PrintWriter out) throws IOException, InterruptedException {
        Path home = home();
        if (!Files.exists(home.resolve("peers/pom.xml"))) {
            throw new ProcessException("comparing needs a source tree: there is none at " + home);
        }
        if (isYoung(jar()) && isYoung(flinkJar())) {
            return;
        }
        out.println("Building the other contestants (first time: some minutes, mostly downloads) …");
        out.flush();
        Path log = Files.createDirectories(home.resolve("target")).resolve("peers.log");
        Process maven = new ProcessBuilder(
                        "mvn", "-B", "-ntp", "-q", "-DskipTests", "-pl", "peers-flink", "-am", "package")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (maven.waitFor() != 0) {
            throw new ProcessException("the other contestants cannot be built; see " + log);
        }
    }

    private static boolean isYoung(Path built) throws IOException {
        return Files.exists(built) && Files.getLastModifiedTime(built).compareTo(Files.getLastModifiedTime(self())) > 0;
    }

    private static Path home() {
        return self().getParent().getParent().getParent();
    }

    /** The lab's jar, or the directory of its classes; either lies in lab/target. */
    private static Path self() {
        try {
            return Path.of(Lab.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class that was loaded lies nowhere", e);
        }
    }
}
