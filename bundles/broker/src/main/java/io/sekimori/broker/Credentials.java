package io.sekimori.broker;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The broker's key and certificate, whom it trusts, and who was revoked, as the files said at one moment. Immutable,
 * thread-safe. A new one begins without resumable sessions, so that none resumes past a revocation.
 */
final class Credentials {

    private final SSLContext context;
    private final List<X509CRL> lists;
    private final KnownClients known;

    private Credentials(SSLContext context, List<X509CRL> lists, KnownClients known) {
        this.context = context;
        this.lists = lists;
        this.known = known;
    }

    static Credentials load(BrokerSettings settings) throws BrokerException {
        PrivateKey key = Pem.privateKey(settings.key());
        List<X509Certificate> chain = Pem.certificates(settings.chain());
        List<X509Certificate> anchors = Pem.certificates(settings.anchors());
        List<X509CRL> lists =
                settings.crl().isPresent() ? Pem.lists(settings.crl().get()) : List.of();
        if (!key.getAlgorithm().equals(chain.get(0).getPublicKey().getAlgorithm())) {
            throw new BrokerException(
                    BrokerCode.CREDENTIALS, settings.key() + " is not the key of " + settings.chain());
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KnownClients known = KnownClients.read(settings.known(), trust(anchors, lists));
            context.init(keys(key, chain).getKeyManagers(), new TrustManager[] {known}, null);
            return new Credentials(context, lists, known);
        } catch (GeneralSecurityException | IOException e) {
            throw new BrokerException(BrokerCode.CREDENTIALS, e.toString(), e);
        }
    }

    private static KeyManagerFactory keys(PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = Long.toHexString(new SecureRandom().nextLong()).toCharArray();
        store.setKeyEntry("broker", key, password, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, password);
        return factory;
    }

    private static X509ExtendedTrustManager trust(List<X509Certificate> anchors, List<X509CRL> lists)
            throws GeneralSecurityException {
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet()),
                new X509CertSelector());
        parameters.setRevocationEnabled(!lists.isEmpty());
        if (!lists.isEmpty()) {
            PKIXRevocationChecker checker =
                    (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(EnumSet.of(Option.ONLY_END_ENTITY, Option.PREFER_CRLS, Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** The server's side of a new connection: TLS 1.3 and a certificate asked of the client. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        return engine;
    }

    /**
     * Whether a certificate that was trusted at the handshake is valid now and not revoked: a resumed session was
     * looked at when it began, and a connection may last for months. One whose issuing CA was replaced since must be known by itself.
     */
    boolean standsFor(X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            return false;
        }
        return known.has(certificate)
                || lists.isEmpty()
                || lists.stream()
                        .anyMatch(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                                && !list.isRevoked(certificate));
    }
}
