package io.sekimori.identity.device;

import io.sekimori.identity.IdentityCode;
import io.sekimori.trust.Sha256;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a server whose chain holds the CA with the pinned key, and leads to it, and is for the host that was meant. So
 * the console sends its CA along. Whatever an attacker puts into a certificate with that key, nobody else can sign with
 * it. Keeps why it refused. Thread-safe.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

    private static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";

    private final String pin;
    private final Function<X509Certificate[], Instant> at;
    private final Predicate<List<X509Certificate>> refused;
    private volatile @Nullable NotEnrolled refusal;

    /**
     * @param pin SHA-256 of the CA's public key (SubjectPublicKeyInfo), hex
     * @param time when the certificates must be valid
     */
    PinnedTrust(String pin, InstantSource time) {
        this(pin, chain -> time.instant(), chain -> false);
    }

    private PinnedTrust(String pin, Function<X509Certificate[], Instant> at, Predicate<List<X509Certificate>> refused) {
        this.pin = pin;
        this.at = at;
        this.refused = refused;
    }

    /** The same, for a gateway that knows of revoked issuing CAs. */
    PinnedTrust refusing(Predicate<List<X509Certificate>> revoked) {
        return new PinnedTrust(pin, at, revoked);
    }

    /** For asking what time it is: the certificates were valid together once, when the last of them began. */
    static PinnedTrust whateverTheDate(String pin) {
        return new PinnedTrust(
                pin,
                (X509Certificate[] chain) -> Stream.of(chain)
                        .map(each -> each.getNotBefore().toInstant())
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH),
                chain -> false);
    }

    /** TLS 1.3 with whom this trusts; it shows no certificate. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime from 17 on has TLS 1.3", e);
        }
    }

    /** Why the last server was refused, if it was. */
    Optional<NotEnrolled> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether this certificate has the pinned key. */
    static boolean hasKey(X509Certificate certificate, String pin) {
        return Sha256.hex(certificate.getPublicKey().getEncoded()).equals(pin);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        X509Certificate anchor = null;
        for (X509Certificate each : chain) {
            if (hasKey(each, pin)) {
                anchor = each;
            }
        }
        if (anchor == null) {
            throw refuse(IdentityCode.WRONG_PIN, "no certificate of the server has the pinned key", null);
        }
        try {
            // The host is checked in here too: the HTTP client has asked for it.
            rules(anchor, at.apply(chain)).checkServerTrusted(chain, authType, engine);
        } catch (GeneralSecurityException e) {
            throw refuse(IdentityCode.CONSOLE_NOT_PROVEN, reason(e), e);
        }
        if (chain[0].getExtendedKeyUsage() == null
                || !chain[0].getExtendedKeyUsage().contains(SERVER_USE)) {
            throw refuse(IdentityCode.CONSOLE_NOT_PROVEN, "the certificate is not made for a server", null);
        }
        if (refused.test(List.of(chain))) {
            throw refuse(IdentityCode.CONSOLE_NOT_PROVEN, "the root has revoked the issuing CA", null);
        }
        refusal = null;
    }

    private static X509ExtendedTrustManager rules(X509Certificate anchor, Instant at) throws GeneralSecurityException {
        PKIXBuilderParameters rules =
                new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, null)), new X509CertSelector());
        rules.setRevocationEnabled(false); // nothing of the console is known yet
        rules.setDate(Date.from(at));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(rules));
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private CertificateException refuse(IdentityCode code, String detail, @Nullable Throwable cause) {
        refusal = new NotEnrolled(code, detail, cause);
        return new CertificateException(detail, cause);
    }

    // The outermost message says only that a path could not be validated; the innermost says why.
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw otherwise();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw otherwise();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw otherwise();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw otherwise();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw otherwise();
    }

    private static CertificateException otherwise() {
        return new CertificateException("only the HTTP client's own connections are judged here");
    }
}
