package io.gatehouse.app.certificate;

import io.gatehouse.app.FileStamp;
import io.gatehouse.app.Printable;
import io.gatehouse.app.StartException;
import io.gatehouse.app.config.HttpSettings;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of HTTPS. Its files are looked at now and then, and read once they have stayed the same from one look to
 * the next. New connections are then made by the new one; what cannot be used leaves the old in service.
 */
final class ServerCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final String USE = "http";

    /** Soon enough for whoever renews it and looks whether it has been taken; a look costs two calls of the system. */
    private static final long LOOK_EVERY_S = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "certificate-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final SslContextFactory.Server handshakes = new SslContextFactory.Server();
    private final HttpSettings.Tls settings;
    private final Path key;
    private volatile CertificateStatus status;
    private List<FileStamp> seen;
    /** Of the files that were last read, whether they are in service or could not be used. */
    private List<FileStamp> judged;

    private ServerCertificate(HttpSettings.Tls settings) {
        this.settings = settings;
        this.key = settings.key().orElse(settings.certificate());
        this.seen = stamps();
        this.judged = seen;
    }

    /**
     * Reads the certificate and begins to look after it.
     *
     * @throws StartException when it cannot be used
     */
    static ServerCertificate open(HttpSettings.Tls settings) {
        ServerCertificate certificate = new ServerCertificate(settings);
        try {
            certificate.serve(certificate.read());
        } catch (GeneralSecurityException e) {
            throw new StartException(
                    "no HTTPS: " + certificate.refusal(e)
                            + ". See http.tls.certificate, http.tls.key and http.tls.password",
                    e);
        }
        certificate.timer.scheduleWithFixedDelay(certificate::look, LOOK_EVERY_S, LOOK_EVERY_S, TimeUnit.SECONDS);
        return certificate;
    }

    /** Makes the handshakes, with whatever certificate is in service. */
    SslContextFactory.Server handshakes() {
        return handshakes;
    }

    /** Any thread may ask. */
    CertificateStatus status() {
        return status;
    }

    /** Looks at the files once. */
    synchronized void look() {
        List<FileStamp> now = stamps();
        boolean areStable = now.equals(seen);
        seen = now;
        if (!areStable || now.equals(judged)) {
            return;
        }
        judged = now;
        try {
            serve(read());
            LOG.info("The certificate for http is renewed; it ends at {}", status.endsAt());
        } catch (GeneralSecurityException e) {
            status = new CertificateStatus(USE, status.endsAt(), refusal(e) + "; the one before stays in service");
            LOG.warn("{}", status.trouble());
        }
    }

    private KeyMaterial read() throws GeneralSecurityException {
        return KeyMaterial.ofServer(settings.certificate(), key, settings.password());
    }

    /** Either as a whole or not at all: what is read has been checked, so that nothing is left to fail but the JDK. */
    private void serve(KeyMaterial material) throws GeneralSecurityException {
        try {
            handshakes.reload(factory -> {
                factory.setKeyStore(material.store());
                factory.setKeyManagerPassword(material.password());
            });
        } catch (Exception e) {
            throw new GeneralSecurityException(e);
        }
        status = new CertificateStatus(USE, material.endsAt(), null);
    }

    private String refusal(GeneralSecurityException e) {
        return "what is at http.tls.certificate cannot be used: " + Printable.escape(e.getMessage());
    }

    private List<FileStamp> stamps() {
        return List.of(FileStamp.of(settings.certificate()), FileStamp.of(key));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
