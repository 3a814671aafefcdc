package io.sekimori.notices;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who vouches for the servers that are spoken to. A list of our own is read at once, so that a configuration with a wrong
 * one is refused; Java's own, which is long, when somebody is spoken to. Thread-safe.
 */
final class Trust {

    private final @Nullable KeyStore listed;
    private @Nullable SSLContext context;

    private Trust(@Nullable KeyStore listed) {
        this.listed = listed;
    }

    /**
     * Those who vouch.
     *
     * @param pem their certificates; empty for Java's own list
     * @throws IOException if it cannot be read, or has none
     */
    static Trust of(Optional<Path> pem) throws IOException {
        try {
            return new Trust(pem.isPresent() ? listed(pem.get()) : null);
        } catch (GeneralSecurityException e) {
            throw new IOException("the root certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /** What connections are made with; the same each time. */
    synchronized SSLContext context() throws IOException {
        SSLContext made = context;
        if (made == null) {
            made = made();
            context = made;
        }
        return made;
    }

    private SSLContext made() throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(listed);
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(null, trust.getTrustManagers(), null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("Java's list of who vouches cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore listed(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("c" + number++, each);
            }
        }
        if (store.size() == 0) {
            throw new IOException("the root certificate cannot be used: " + pem + " has none");
        }
        return store;
    }
}
