package io.sekimori.keys.file;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts certificates that lead to the given anchors and to no others, made for their role. The checks are the Java
 * runtime's (RFC 5280); this class adds what it leaves open: an extended key usage must be there, and a client must have
 * asked for the host to be checked. A server may let in clients whose certificates have ended, to judge them itself.
 * Thread-safe.
 */
final class AnchoredTrust extends X509ExtendedTrustManager {

    // RFC 5280 4.2.1.12
    private static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";

    private final List<X509Certificate> anchors;
    private final boolean endedClients;
    private final Optional<InstantSource> time;
    private final X509ExtendedTrustManager runtime;

    /**
     * @param endedClients whether a client is trusted whose certificate was good up to its last moment, and has ended
     * @param time when servers' certificates must be valid; empty to go by the clock
     */
    AnchoredTrust(List<X509Certificate> anchors, boolean endedClients, Optional<InstantSource> time)
            throws GeneralSecurityException {
        this.anchors = anchors;
        this.endedClients = endedClients;
        this.time = time;
        this.runtime = rules(Optional.empty());
    }

    private X509ExtendedTrustManager rules(Optional<Date> date) throws GeneralSecurityException {
        PKIXBuilderParameters rules = new PKIXBuilderParameters(
                anchors.stream().map(each -> new TrustAnchor(each, null)).collect(Collectors.toUnmodifiableSet()),
                new X509CertSelector());
        // Revocation is known to the console alone, which asks its records.
        rules.setRevocationEnabled(false);
        date.ifPresent(rules::setDate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(rules));
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** The rules of now, or those of the client's last moment if that is over and may be. */
    private X509ExtendedTrustManager rulesFor(X509Certificate client) throws CertificateException {
        Date end = client.getNotAfter();
        if (!endedClients || !end.before(new Date())) {
            return runtime;
        }
        return rulesAt(end);
    }

    /** The rules for a server, at the time that counts here. */
    private X509ExtendedTrustManager rulesForServer() throws CertificateException {
        return time.isEmpty() ? runtime : rulesAt(Date.from(time.get().instant()));
    }

    private X509ExtendedTrustManager rulesAt(Date date) throws CertificateException {
        try {
            return rules(Optional.of(date));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the other side cannot be judged: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        rulesFor(chain[0]).checkClientTrusted(chain, authType, socket);
        requireUse(chain[0], CLIENT_USE);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        rulesFor(chain[0]).checkClientTrusted(chain, authType, engine);
        requireUse(chain[0], CLIENT_USE);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        requireHostCheck(socket instanceof SSLSocket tls ? tls.getSSLParameters() : null);
        rulesForServer().checkServerTrusted(chain, authType, socket);
        requireUse(chain[0], SERVER_USE);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        requireHostCheck(engine.getSSLParameters());
        rulesForServer().checkServerTrusted(chain, authType, engine);
        requireUse(chain[0], SERVER_USE);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        rulesFor(chain[0]).checkClientTrusted(chain, authType);
        requireUse(chain[0], CLIENT_USE);
    }

    /** Refuses: without a connection nobody can say which host was meant. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        requireHostCheck(null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors.toArray(X509Certificate[]::new);
    }

    private static void requireUse(X509Certificate certificate, String use) throws CertificateException {
        List<String> uses = certificate.getExtendedKeyUsage();
        if (uses == null || !uses.contains(use)) {
            throw new CertificateException("the certificate is not made for this use: " + use);
        }
    }

    private static void requireHostCheck(@Nullable SSLParameters parameters) throws CertificateException {
        if (parameters == null || !"HTTPS".equals(parameters.getEndpointIdentificationAlgorithm())) {
            throw new CertificateException("the connection does not say that the host is to be checked");
        }
    }
}
