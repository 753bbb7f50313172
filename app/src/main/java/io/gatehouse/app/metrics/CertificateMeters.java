package io.gatehouse.app.metrics;

import io.gatehouse.app.certificate.CertificateStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.Supplier;

/** When the certificates in use end. */
public final class CertificateMeters implements Meters {
    private final Supplier<List<CertificateStatus>> source;

    /** @param source asked with each page; one of each use */
    public CertificateMeters(Supplier<List<CertificateStatus>> source) {
        this.source = source;
    }

    @Override
    public void addTo(Figures page) {
        page.gauges(
                "gatehouse_certificate_expires_seconds",
                "When the certificate in use ends, epoch seconds; NaN where it cannot be read",
                source.get(),
                certificate -> Labels.of("use", certificate.use()),
                certificate -> certificate.endsAt() == null
                        ? Double.NaN
                        : certificate.endsAt().getEpochSecond());
    }
}
