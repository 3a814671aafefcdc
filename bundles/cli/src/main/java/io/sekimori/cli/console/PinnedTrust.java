package io.sekimori.cli.console;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one certificate, known by its SHA-256: the server's own, then its name does not matter, or that of an issuer
 * which the server sends along, then path, purpose and name are checked as RFC 5280 and RFC 2818 say. Nothing else is
 * trusted. Without a pin it refuses everybody, and remembers whom it met. Thread-safe.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

    private final Optional<String> pin;
    private final AtomicReference<X509Certificate> met = new AtomicReference<>();

    PinnedTrust(Optional<String> pin) {
        this.pin = pin;
    }

    /** A context that accepts nobody else. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has TLS", e);
        }
    }

    /** The fingerprint of what the server showed last: its authority's certificate, or its own if that is all. */
    Optional<String> met() {
        return Optional.ofNullable(met.get()).map(PinnedTrust::fingerprint);
    }

    /** SHA-256 of the certificate, as browsers show it but for the colons. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate from a handshake has a hash", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        met.set(chain[chain.length - 1]);
        X509Certificate pinned = pinned(chain);
        if (pinned.equals(chain[0])) {
            pinned.checkValidity();
        } else {
            underAnchor(pinned).checkServerTrusted(chain, type, engine);
        }
    }

    private X509Certificate pinned(X509Certificate... chain) throws CertificateException {
        for (X509Certificate certificate : chain) {
            if (pin.isPresent() && fingerprint(certificate).equals(pin.get())) {
                return certificate;
            }
        }
        throw new CertificateException("the server's certificate is not the one that is trusted");
    }

    private static X509ExtendedTrustManager underAnchor(X509Certificate anchor) throws CertificateException {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("pinned", anchor);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new CertificateException("no certificate can be checked", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("only the engine of the HTTP client asks");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("only the engine of the HTTP client asks");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
