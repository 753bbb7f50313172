package io.gatehouse.app.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.app.StartException;
import io.gatehouse.app.config.HttpSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
    @TempDir
    private Path directory;

    private Shell shell;

    @BeforeEach
    void certificates() throws Exception {
        shell = new Shell(directory);
        shell.makeCertificate("old", 30);
        shell.makeCertificate("new", 60);
        replace("old", "chain");
        replace("old-key", "key");
    }

    @Test
    void itEndsWhenItsCertificateDoes() {
        try (ServerCertificate certificate = ServerCertificate.open(pair())) {
            assertEndsIn(certificate, 30);
            assertThat(certificate.status().warnings(Instant.now())).isEmpty();
        }
    }

    @Test
    void aRenewedOneIsTakenUpOnceItIsStable() throws Exception {
        try (ServerCertificate certificate = ServerCertificate.open(pair())) {
            replace("new", "chain");
            replace("new-key", "key");
            certificate.look();
            assertEndsIn(certificate, 30);
            certificate.look();
            assertEndsIn(certificate, 60);
            assertThat(certificate.handshakes().getKeyStore().getCertificate("kafka"))
                    .isEqualTo(KeyMaterial.ofServer(file("new"), file("new-key"), new Password(""))
                            .store()
                            .getCertificate("kafka"));
        }
    }

    @Test
    void aDamagedOneLeavesTheOldInServiceAndIsToldOfUntilItIsReplaced() throws Exception {
        try (ServerCertificate certificate = ServerCertificate.open(pair())) {
            Files.writeString(file("chain"), "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n");
            certificate.look();
            certificate.look();
            assertEndsIn(certificate, 30);
            assertThat(certificate.status().warnings(Instant.now()))
                    .singleElement()
                    .asString()
                    .contains("http.tls.certificate cannot be used", "the one before stays in service");

            replace("new", "chain");
            replace("new-key", "key");
            certificate.look();
            certificate.look();
            assertEndsIn(certificate, 60);
            assertThat(certificate.status().warnings(Instant.now())).isEmpty();
        }
    }

    @Test
    void aCertificateAndAKeyThatAreNotEachOthersAreNotTakenUp() throws Exception {
        try (ServerCertificate certificate = ServerCertificate.open(pair())) {
            replace("new", "chain");
            certificate.look();
            certificate.look();
            assertEndsIn(certificate, 30);
            assertThat(certificate.status().trouble()).contains("the private key is not that of the certificate");

            replace("new-key", "key");
            certificate.look();
            certificate.look();
            assertEndsIn(certificate, 60);
        }
    }

    @Test
    void oneFileMayHoldBoth() throws Exception {
        shell.run("cat old.pem old-key.pem >both.pem");
        assertThat(endsAt(new Tls(file("both"), Optional.empty(), new Password(""))))
                .isEqualTo(endsAt(pair()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aKeystoreMayHoldBothUnderAPassword(String type) throws Exception {
        shell.run("openssl pkcs12 -export -in old.pem -inkey old-key.pem -passout pass:secret -out store.p12");
        shell.run(
                "keytool -importkeystore -srckeystore store.p12 -srcstorepass secret -destkeystore store -deststoretype "
                        + type + " -deststorepass secret");
        Path store = directory.resolve("store");

        assertThat(endsAt(new Tls(store, Optional.empty(), new Password("secret"))))
                .isEqualTo(endsAt(pair()));
        assertRefused(new Tls(store, Optional.empty(), new Password("wrong")), "password was incorrect");
    }

    @Test
    void aKeyMayHaveAPassword() throws Exception {
        shell.run("openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in old-key.pem -passout pass:secret -out locked.pem");

        assertThat(endsAt(new Tls(file("old"), Optional.of(file("locked")), new Password("secret"))))
                .isEqualTo(endsAt(pair()));
        assertRefused(new Tls(file("old"), Optional.of(file("locked")), new Password("wrong")), "");
    }

    @Test
    void theFirstOfTheChainToEndCounts() throws Exception {
        shell.makeCertificate("authority", 5);
        shell.run("openssl req -new -key old-key.pem -subj /CN=old -out old.csr");
        shell.run("openssl x509 -req -in old.csr -CA authority.pem -CAkey authority-key.pem -days 30 -out signed.pem");
        shell.run("cat signed.pem authority.pem >long.pem");

        Instant end = endsAt(new Tls(file("long"), Optional.of(file("old-key")), new Password("")));
        assertThat(end).isBefore(Instant.now().plus(Duration.ofDays(6)));
    }

    @Test
    void whatCannotBeUsedAtTheStartIsRefusedByTheNamesOfItsKeys() throws IOException {
        assertRefused(new Tls(directory.resolve("none.pem"), Optional.empty(), new Password("")), "none.pem");
        assertRefused(new Tls(file("old"), Optional.of(file("new-key")), new Password("")), "the private key is not");
        assertRefused(new Tls(file("old"), Optional.empty(), new Password("")), "PRIVATE KEY");
        Files.writeString(directory.resolve("noise"), "noise");
        assertRefused(new Tls(directory.resolve("noise"), Optional.empty(), new Password("")), "");
    }

    private static void assertRefused(Tls settings, String reason) {
        assertThatThrownBy(() -> ServerCertificate.open(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(
                        "no HTTPS", reason, "http.tls.certificate", "http.tls.key", "http.tls.password")
                .hasMessageNotContainingAny("secret", "wrong");
    }

    private static void assertEndsIn(ServerCertificate certificate, int days) {
        assertThat(Duration.between(Instant.now(), certificate.status().endsAt()))
                .isBetween(Duration.ofDays(days - 1), Duration.ofDays(days));
    }

    private static Instant endsAt(Tls settings) {
        try (ServerCertificate certificate = ServerCertificate.open(settings)) {
            return certificate.status().endsAt();
        }
    }

    private Tls pair() {
        return new Tls(file("chain"), Optional.of(file("key")), new Password(""));
    }

    private void replace(String from, String to) throws IOException {
        Path next = Files.copy(file(from), directory.resolve("next"));
        Files.move(next, file(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String name) {
        return directory.resolve(name + ".pem");
    }
}
