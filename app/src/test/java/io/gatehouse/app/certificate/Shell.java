package io.gatehouse.app.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs commands as a person would type them. */
final class Shell {
    private final Path directory;

    Shell(Path directory) {
        this.directory = directory;
    }

    /** @return what the commands print, once all of them have ended well */
    String run(String commands) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "shell", ".out");
        Process process = new ProcessBuilder("bash", "-euc", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        String printed = Files.readString(output);
        assertThat(exitCode).as(printed).isZero();
        return printed;
    }

    /** Makes {@code name.pem}, a certificate that ends in so many days, and {@code name-key.pem}. */
    void makeCertificate(String name, int days) throws IOException, InterruptedException {
        run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days " + days + " -subj /CN=" + name
                + " -addext subjectAltName=IP:127.0.0.1 -keyout " + name + "-key.pem -out " + name + ".pem");
    }
}
