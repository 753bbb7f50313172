package io.gatehouse.app.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.app.GeoStatuses;
import io.gatehouse.app.Statuses;
import io.gatehouse.app.config.HttpSettings;
import io.gatehouse.app.config.HttpSettings.Endpoint;
import io.gatehouse.app.config.HttpSettings.Tls;
import io.gatehouse.app.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with the certificates that the documentation tells how to make. */
@Timeout(60)
class HttpsTest {
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", OptionalInt.of(0));
    private static final Endpoint NOWHERE = new Endpoint("127.0.0.1", OptionalInt.empty());
    /** The commands in a fence of their own under the heading. */
    private static final Pattern COMMANDS =
            Pattern.compile("### Certificates\n.*?\n```\n(openssl req.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private Shell shell;

    @BeforeEach
    void theCommandsOfTheDocumentationAreRun() throws Exception {
        Matcher commands = COMMANDS.matcher(Files.readString(Path.of("..", "docs", "operating.md")));
        assertThat(commands.find()).isTrue();
        shell = new Shell(directory);
        shell.run(commands.group(1));
    }

    @Test
    void aPairOfPemFilesServesHttps() throws Exception {
        try (Certificates certificates = open(pair());
                HttpServer server = serve(pair(), certificates, NOWHERE)) {
            HttpResponse<String> answer = get(server.managementUri(), "chain.pem");

            assertThat(server.managementUri()).hasScheme("https");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"warnings\":[]");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void aKeystoreServesHttps() throws Exception {
        shell.run(
                "keytool -exportcert -rfc -alias gatehouse -keystore gatehouse.p12 -storepass changeit -file stored.pem");
        Tls keystore = new Tls(directory.resolve("gatehouse.p12"), Optional.empty(), new Password("changeit"));
        try (Certificates certificates = open(keystore);
                HttpServer server = serve(keystore, certificates, NOWHERE)) {
            assertThat(get(server.managementUri(), "stored.pem").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nothingElseIsSpokenThere() throws Exception {
        try (Certificates certificates = open(pair());
                HttpServer server = serve(pair(), certificates, NOWHERE)) {
            URI plain = URI.create(server.managementUri().toString().replace("https", "http"));

            assertThatThrownBy(() -> get(plain, "chain.pem")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void onLoopbackTheManagementPortSpeaksPlainHttp() throws Exception {
        try (Certificates certificates = open(pair());
                HttpServer server = serve(pair(), certificates, ANY_PORT)) {
            URI main = server.uri().orElseThrow();

            assertThat(server.managementUri()).hasScheme("http");
            assertThat(get(server.managementUri(), "chain.pem").statusCode()).isEqualTo(200);
            assertThat(main).hasScheme("https");
            assertThat(get(main, "chain.pem").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aRenewedCertificateServesNewConnectionsAndADamagedOneNone() throws Exception {
        shell.makeCertificate("renewed", 3);
        try (ServerCertificate watched = ServerCertificate.open(pair());
                Certificates certificates = new Certificates(Optional.of(watched), Optional.empty());
                HttpServer server = serve(pair(), certificates, NOWHERE)) {
            shell.run("cp renewed.pem chain.pem && cp renewed-key.pem key.pem");
            watched.look();
            watched.look();
            HttpResponse<String> answer = get(server.managementUri(), "renewed.pem");
            assertThat(subject(answer)).isEqualTo("CN=renewed");
            assertThat(answer.body()).contains("\"warnings\":[\"the certificate for http ends in 2 days, at ");

            shell.run("echo >chain.pem");
            watched.look();
            watched.look();
            answer = get(server.managementUri(), "renewed.pem");
            assertThat(subject(answer)).isEqualTo("CN=renewed");
            assertThat(answer.body()).contains("the one before stays in service");
        }
    }

    private Tls pair() {
        return new Tls(directory.resolve("chain.pem"), Optional.of(directory.resolve("key.pem")), new Password(""));
    }

    private static Certificates open(Tls tls) {
        return Certificates.open(Optional.of(tls), List.of());
    }

    private static HttpServer serve(Tls tls, Certificates certificates, Endpoint management) {
        return HttpServer.start(
                new HttpSettings(ANY_PORT, management, false, Optional.of(tls)),
                () -> Statuses.counting(3, Map.of()),
                GeoStatuses::some,
                certificates,
                accept -> null,
                Optional.empty());
    }

    private HttpResponse<String> get(URI server, String trusted) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(trusted)).build();
        return client.send(
                HttpRequest.newBuilder(server.resolve("/health/ready")).build(), HttpResponse.BodyHandlers.ofString());
    }

    private SSLContext trusting(String file) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate(file));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private X509Certificate certificate(String file) throws Exception {
        try (var in = Files.newInputStream(directory.resolve(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String subject(HttpResponse<String> answer) throws Exception {
        X509Certificate shown =
                (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }
}
