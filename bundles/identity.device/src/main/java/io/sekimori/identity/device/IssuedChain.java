package io.sekimori.identity.device;

import io.sekimori.identity.IdentityCode;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Checks what a console answered before any of it is kept. Stateless. */
final class IssuedChain {

    private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";

    private IssuedChain() {}

    /** The console's CA among what it sent: the one with the pinned key, signed by itself. */
    static X509Certificate anchor(List<X509Certificate> sent, String pin) throws NotEnrolled {
        for (X509Certificate each : sent) {
            if (PinnedTrust.hasKey(each, pin)) {
                try {
                    each.verify(each.getPublicKey());
                    return each;
                } catch (GeneralSecurityException e) {
                    throw new NotEnrolled(
                            IdentityCode.CERTIFICATE_FOREIGN, "the CA with the pinned key did not sign itself", e);
                }
            }
        }
        throw new NotEnrolled(IdentityCode.CERTIFICATE_FOREIGN, "the console does not send the pinned CA", null);
    }

    /** The gateway's certificate and those that lead to {@code anchor}, without it. */
    static List<X509Certificate> of(
            List<X509Certificate> issued,
            List<X509Certificate> sent,
            X509Certificate anchor,
            String gatewayId,
            PublicKey key,
            Instant now)
            throws NotEnrolled {
        // RFC 7030 4.2.3: only the certificate that was asked for.
        if (issued.size() != 1) {
            throw new NotEnrolled(IdentityCode.ANSWER_MALFORMED, issued.size() + " certificates instead of one", null);
        }
        X509Certificate certificate = issued.get(0);
        require(certificate.getPublicKey().equals(key), "it is for another key");
        require(names(certificate.getSubjectX500Principal(), gatewayId), "it is for another name");
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            require(uses != null && uses.contains(CLIENT_USE), "it is not made for a client");
            return path(certificate, sent, anchor, now);
        } catch (CertificateException e) {
            throw new NotEnrolled(IdentityCode.ANSWER_MALFORMED, String.valueOf(e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw new NotEnrolled(IdentityCode.CERTIFICATE_FOREIGN, "it does not lead to the pinned CA", e);
        }
    }

    private static List<X509Certificate> path(
            X509Certificate certificate, List<X509Certificate> sent, X509Certificate anchor, Instant now)
            throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(certificate);
        List<X509Certificate> known = new ArrayList<>(sent);
        known.add(certificate);
        PKIXBuilderParameters rules = new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, null)), target);
        rules.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
        rules.setRevocationEnabled(false);
        rules.setDate(Date.from(now));
        return CertPathBuilder.getInstance("PKIX").build(rules).getCertPath().getCertificates().stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    // In any order; an id has no character that would be escaped.
    private static boolean names(X500Principal subject, String gatewayId) {
        List<String> parts = List.of(subject.getName(X500Principal.RFC2253).split(","));
        return parts.size() == 2 && parts.contains("CN=" + gatewayId) && parts.contains("OU=gateway");
    }

    private static void require(boolean holds, String otherwise) throws NotEnrolled {
        if (!holds) {
            throw new NotEnrolled(IdentityCode.CERTIFICATE_FOREIGN, otherwise, null);
        }
    }
}
