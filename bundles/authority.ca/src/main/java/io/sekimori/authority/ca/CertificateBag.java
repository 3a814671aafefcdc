package io.sekimori.authority.ca;

import java.io.IOException;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.util.CollectionStore;

/** Certificates as EST sends them: a certs-only message (RFC 5751 3.8) in base64. Stateless. */
final class CertificateBag {

    // Line feeds alone: those who know no MIME decode that too.
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private CertificateBag() {}

    /** Certificates, and what their root revoked of others. */
    static byte[] of(List<X509Certificate> certificates, Optional<X509CRL> revoked) {
        List<X509CertificateHolder> holders = new ArrayList<>();
        try {
            for (X509Certificate each : certificates) {
                holders.add(new X509CertificateHolder(each.getEncoded()));
            }
            List<X509CRLHolder> lists = revoked.isPresent()
                    ? List.of(new X509CRLHolder(revoked.get().getEncoded()))
                    : List.of();
            return bag(holders, lists);
        } catch (CertificateEncodingException | CRLException | IOException e) {
            throw new IllegalStateException("certificates that were read have their bytes", e);
        }
    }

    static byte[] of(byte[] certificate) {
        try {
            return bag(List.of(new X509CertificateHolder(certificate)), List.of());
        } catch (IOException e) {
            throw new IllegalStateException("a certificate that was made can be read", e);
        }
    }

    private static byte[] bag(List<X509CertificateHolder> holders, List<X509CRLHolder> lists) throws IOException {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addCertificates(new CollectionStore<>(holders));
            generator.addCRLs(new CollectionStore<>(lists));
            return LINES.encode(generator.generate(new CMSAbsentContent()).getEncoded());
        } catch (CMSException e) {
            throw new IllegalStateException("nothing is signed that could fail", e);
        }
    }
}
