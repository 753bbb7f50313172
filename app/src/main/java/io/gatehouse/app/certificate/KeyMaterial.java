package io.gatehouse.app.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * A private key with the chain of certificates that vouches for it, read by the code that reads those of Kafka's clients.
 *
 * @param password of the key in the store; null for none
 * @param endsAt when the first certificate of the chain to do so ends
 */
record KeyMaterial(KeyStore store, String password, Instant endsAt) {
    /** A chain takes some KiB; this keeps a wrong path (a log, a device) from filling the memory. */
    private static final long MAX_BYTES = 1 << 20;

    private static final ConfigDef SETTINGS = settings();
    private static final String PEM_BEGIN = "-----BEGIN ";

    /**
     * What a Kafka client with these settings shows to brokers; empty where it shows nothing.
     *
     * @throws GeneralSecurityException when it cannot be used, and why
     */
    static Optional<KeyMaterial> ofClient(Map<String, ?> client) throws GeneralSecurityException {
        Map<String, Object> parsed = parse(client);
        try (DefaultSslEngineFactory reader = new DefaultSslEngineFactory()) {
            reader.configure(parsed);
            return reader.keystore() == null
                    ? Optional.empty()
                    : Optional.of(checked(reader.keystore(), password(parsed)));
        } catch (RuntimeException e) {
            // Kafka's own, and whatever a reader trips over.
            throw new KeyStoreException(reason(e), e);
        }
    }

    /**
     * A server's.
     *
     * @param certificate a PEM file or a keystore
     * @param key a PEM file; the same file where the certificate's has the key, too
     * @throws GeneralSecurityException when it cannot be used, and why
     */
    static KeyMaterial ofServer(Path certificate, Path key, Password password) throws GeneralSecurityException {
        Map<String, Object> settings = new HashMap<>();
        String chain = text(certificate);
        if (chain.contains(PEM_BEGIN)) {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
            settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(chain));
            settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(text(key)));
            settings.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, password.value().isEmpty() ? null : password);
        } else {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PKCS12");
            settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, certificate.toString());
            settings.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, password);
        }
        return ofClient(settings).orElseThrow();
    }

    private static ConfigDef settings() {
        ConfigDef settings = new ConfigDef();
        SslConfigs.addClientSslSupport(settings);
        return settings;
    }

    private static Map<String, Object> parse(Map<String, ?> client) throws KeyStoreException {
        try {
            return SETTINGS.parse(client);
        } catch (KafkaException e) {
            throw new KeyStoreException(reason(e), e);
        }
    }

    /** As Kafka chooses it. */
    private static String password(Map<String, Object> parsed) {
        Password ofKey = (Password) parsed.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
        Password ofStore = (Password) parsed.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
        Password chosen = ofKey == null ? ofStore : ofKey;
        return chosen == null ? null : chosen.value();
    }

    private static KeyMaterial checked(KeyStore store, String password) throws GeneralSecurityException {
        Instant end = Instant.MAX;
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                List<Certificate> chain = List.of(store.getCertificateChain(alias));
                requireMatch((PrivateKey) store.getKey(alias, chars(password)), chain.get(0));
                for (Certificate certificate : chain) {
                    Instant its = ((X509Certificate) certificate).getNotAfter().toInstant();
                    end = its.isBefore(end) ? its : end;
                }
            }
        }
        if (end.equals(Instant.MAX)) {
            throw new KeyStoreException("there is no private key in it");
        }
        return new KeyMaterial(store, password, end);
    }

    /** Between the renewal of one file and of the other, the two do not fit, and no handshake would succeed. */
    private static void requireMatch(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        if (!signature.verify(signed)) {
            throw new KeyStoreException("the private key is not that of the certificate");
        }
    }

    private static char[] chars(String password) {
        return password == null ? null : password.toCharArray();
    }

    private static String text(Path file) throws KeyStoreException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new KeyStoreException(file + " is larger than 1 MiB");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new KeyStoreException(file + " cannot be read: " + e, e);
        }
    }

    /** What it came from: Kafka's own words say no more than that something failed. */
    private static String reason(RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
