package io.gatehouse.app.certificate;

import io.gatehouse.app.Printable;
import io.gatehouse.app.StartException;
import io.gatehouse.app.config.HttpSettings;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** All certificates that this process shows to others: that of HTTPS, and that of Kafka's clients. */
public final class Certificates implements AutoCloseable {
    private static final String KAFKA = "kafka";

    /** Empty where no HTTPS is spoken. */
    private final Optional<ServerCertificate> server;
    /** Empty where the clients show none. They read theirs when they are made, so it is of the start. */
    private final Optional<CertificateStatus> kafka;

    Certificates(Optional<ServerCertificate> server, Optional<CertificateStatus> kafka) {
        this.server = server;
        this.kafka = kafka;
    }

    /**
     * Reads them and begins to look after that of HTTPS.
     *
     * @param https empty where none is spoken
     * @param clients the settings of each of Kafka's clients
     * @throws StartException when that of HTTPS cannot be used
     */
    public static Certificates open(Optional<HttpSettings.Tls> https, List<Map<String, Object>> clients) {
        return new Certificates(
                https.map(ServerCertificate::open),
                clients.stream().flatMap(client -> ofClient(client).stream()).reduce(Certificates::worse));
    }

    /** What makes the handshakes of HTTPS; empty where none is spoken. */
    public Optional<SslContextFactory.Server> handshakes() {
        return server.map(ServerCertificate::handshakes);
    }

    /** One for each use that there is. The uses stay the same. Any thread may ask. */
    public List<CertificateStatus> statuses() {
        return Stream.concat(server.map(ServerCertificate::status).stream(), kafka.stream())
                .toList();
    }

    /** What somebody should look at, though the work goes on. Any thread may ask. */
    public List<String> warnings(Instant now) {
        return statuses().stream()
                .flatMap(status -> status.warnings(now).stream())
                .toList();
    }

    @Override
    public void close() {
        server.ifPresent(ServerCertificate::close);
    }

    private static Optional<CertificateStatus> ofClient(Map<String, Object> client) {
        boolean speaksTls = String.valueOf(client.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG))
                .toUpperCase(Locale.ROOT)
                .endsWith("SSL");
        // With an engine of somebody else's, nobody but that knows what is shown.
        if (!speaksTls || client.containsKey(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG)) {
            return Optional.empty();
        }
        try {
            return KeyMaterial.ofClient(client).map(material -> new CertificateStatus(KAFKA, material.endsAt(), null));
        } catch (GeneralSecurityException e) {
            return Optional.of(new CertificateStatus(
                    KAFKA,
                    null,
                    "the certificate at kafka.ssl.keystore.* cannot be read: " + Printable.escape(e.getMessage())));
        }
    }

    private static CertificateStatus worse(CertificateStatus a, CertificateStatus b) {
        if (a.endsAt() == null || b.endsAt() == null) {
            return a.endsAt() == null ? a : b;
        }
        return a.endsAt().isBefore(b.endsAt()) ? a : b;
    }
}
