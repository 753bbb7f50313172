package io.gatehouse.app.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.metrics.CertificateMeters;
import io.gatehouse.app.metrics.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void oneThatEndsWithinFourteenDaysIsAWarning() {
        assertThat(warnings(Duration.ofDays(15))).isEmpty();
        assertThat(warnings(Duration.ofDays(13)))
                .containsExactly("the certificate for http ends in 13 days, at 2026-03-14T00:00:00Z");
        assertThat(warnings(Duration.ofDays(-1)))
                .containsExactly("the certificate for http has ended, at 2026-02-28T00:00:00Z");
    }

    @Test
    void whereKafkasClientsShowNoneThereIsNone() {
        assertThat(kafka(List.of(Map.of("security.protocol", "PLAINTEXT", "ssl.keystore.location", "/none"))))
                .isEmpty();
        assertThat(kafka(List.of(Map.of("security.protocol", "SSL")))).isEmpty();
        assertThat(kafka(List.of(Map.of("security.protocol", "SSL", "ssl.engine.factory.class", "somebody.Elses"))))
                .isEmpty();
    }

    @Test
    void theOneThatKafkasClientsShowIsTheEarliestOfThem() throws Exception {
        Shell shell = new Shell(directory);
        shell.makeCertificate("long", 60);
        shell.makeCertificate("short", 3);

        assertThat(kafka(List.of(client("long"), client("short"), Map.of("security.protocol", "PLAINTEXT"))))
                .singleElement()
                .extracting(status -> status.warnings(Instant.now()).toString())
                .asString()
                .contains("the certificate for kafka ends in 2 days");
    }

    @Test
    void oneThatCannotBeReadIsAWarningAndNoNumber() throws Exception {
        Files.writeString(directory.resolve("noise.pem"), "noise");
        Files.writeString(directory.resolve("noise-key.pem"), "noise");

        try (Certificates certificates = Certificates.open(Optional.empty(), List.of(client("noise")))) {
            assertThat(certificates.warnings(Instant.now()))
                    .singleElement()
                    .asString()
                    .startsWith("the certificate at kafka.ssl.keystore.* cannot be read: ");
            assertThat(page(certificates)).contains("gatehouse_certificate_expires_seconds{use=\"kafka\"} NaN");
        }
    }

    @Test
    void theMetricIsWhenItEnds() throws Exception {
        new Shell(directory).makeCertificate("some", 60);

        try (Certificates certificates = Certificates.open(Optional.empty(), List.of(client("some")))) {
            Instant end = certificates.statuses().get(0).endsAt();
            String told = page(certificates).replaceAll("(?s).*_expires_seconds\\{use=\"kafka\"} (\\S+).*", "$1");
            assertThat(Double.parseDouble(told)).isEqualTo(end.getEpochSecond());
        }
    }

    private static List<String> warnings(Duration left) {
        return new CertificateStatus("http", NOW.plus(left), null).warnings(NOW);
    }

    private Map<String, Object> client(String name) throws Exception {
        return Map.of(
                "security.protocol",
                "sasl_ssl",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                Files.readString(directory.resolve(name + ".pem")),
                "ssl.keystore.key",
                Files.readString(directory.resolve(name + "-key.pem")));
    }

    private static List<CertificateStatus> kafka(List<Map<String, Object>> clients) {
        try (Certificates certificates = Certificates.open(Optional.empty(), clients)) {
            return certificates.statuses();
        }
    }

    private static String page(Certificates certificates) {
        try (Metrics metrics = new Metrics(List.of(new CertificateMeters(certificates::statuses)))) {
            return metrics.page(null).text();
        }
    }
}
