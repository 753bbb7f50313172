package io.gatehouse.app.config;

import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.core.geo.IpCategory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.config.types.Password;

/**
 * Where health, metrics and statistics are served, and how.
 *
 * @param main statistics; health and metrics too where they have no port of their own
 * @param management health and metrics alone
 * @param insecure whether plain HTTP may be spoken to other machines
 * @param tls empty for plain HTTP
 */
public record HttpSettings(Endpoint main, Endpoint management, boolean insecure, Optional<Tls> tls) {
    /**
     * An address and a port to listen on.
     *
     * @param port empty for nowhere; 0 for any free port
     */
    public record Endpoint(String address, OptionalInt port) {
        /** Whether only this machine can reach it, judged by the text alone: a name may mean something else tomorrow. */
        boolean isLoopback() {
            byte[] literal = address.getBytes(StandardCharsets.UTF_8);
            IpAddress parsed = new IpAddress();
            return address.equals("localhost")
                    || parsed.parse(literal, 0, literal.length) && IpCategory.of(parsed) == IpCategory.LOOPBACK;
        }
    }

    /**
     * The certificate that is shown, and its private key.
     *
     * @param certificate a PEM file with the chain, the server's own first; or a PKCS #12 or JKS keystore
     * @param key a PEM file; empty where the certificate's file has the key, too
     * @param password of the key or the keystore; empty for none
     */
    public record Tls(Path certificate, Optional<Path> key, Password password) {}

    /** Whether there is a port at all. */
    public boolean isServed() {
        return main.port().isPresent() || management.port().isPresent();
    }

    /**
     * Whether the management port speaks TLS: to other machines, unless plain HTTP is allowed. On loopback it never does,
     * so that a probe on this machine needs no certificates.
     */
    public boolean isManagementEncrypted() {
        return tls.isPresent() && !insecure && !management.isLoopback();
    }
}
