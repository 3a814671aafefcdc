package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.TrustException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates of a list, and those that they issued, for one purpose (RFC 5280). Revocation is not asked for: who is no
 * longer to be believed is taken off the list. Immutable.
 *
 * @param purpose the extended key usage that a certificate must have if it names any
 */
record Vouchers(Set<X509Certificate> listed, String purpose) {

    /** What is thought of a certificate and those that issued it. */
    enum Verdict {
        VALID,
        UNKNOWN,
        EXPIRED
    }

    private static final String SIGNING_CODE = "1.3.6.1.5.5.7.3.3";
    private static final String TIMESTAMPING = "1.3.6.1.5.5.7.3.8";
    private static final int MAX_BYTES = 1 << 20;

    Vouchers {
        listed = Set.copyOf(listed);
    }

    /** Who may sign jars; empty if that is not demanded. */
    static Optional<Vouchers> publishers(Path pem) throws TrustException {
        return read(pem, SIGNING_CODE);
    }

    /** Who may say when a jar was signed; empty if nobody may. */
    static Optional<Vouchers> timestamps(Path pem) throws TrustException {
        return read(pem, TIMESTAMPING);
    }

    // A list that is there and cannot be read is a demand that nothing meets.
    private static Optional<Vouchers> read(Path pem, String purpose) throws TrustException {
        if (!Files.exists(pem, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = DurableFile.read(pem, MAX_BYTES)
                    .filter(read -> read.length <= MAX_BYTES)
                    .orElseThrow(() -> new IOException("it is too long"));
            Set<X509Certificate> listed = new HashSet<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
                listed.add((X509Certificate) certificate);
            }
            if (listed.isEmpty()) {
                throw new CertificateException("it has no certificate");
            }
            return Optional.of(new Vouchers(listed, purpose));
        } catch (IOException | CertificateException e) {
            throw new TrustException(
                    GenerationCode.PUBLISHERS_UNREADABLE, pem.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Whether the list leads to this path's first certificate.
     *
     * @param at when it was used
     */
    Verdict on(CertPath path, Instant at) {
        List<? extends Certificate> chain = path.getCertificates();
        for (int issued = 0; issued < chain.size(); issued++) {
            if (chain.get(issued) instanceof X509Certificate known && listed.contains(known)) {
                return judge(chain.subList(0, issued), known, (X509Certificate) chain.get(0), at);
            }
        }
        // The list may name the issuer of the last one, which a signature need not carry.
        Verdict verdict = Verdict.UNKNOWN;
        for (X509Certificate issuer : listed) {
            Verdict one = chain.isEmpty() ? Verdict.UNKNOWN : judge(chain, issuer, (X509Certificate) chain.get(0), at);
            if (one == Verdict.VALID) {
                return one;
            }
            verdict = one == Verdict.EXPIRED ? one : verdict;
        }
        return verdict;
    }

    private Verdict judge(List<? extends Certificate> below, X509Certificate anchor, X509Certificate user, Instant at) {
        try {
            List<String> purposes = user.getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(purpose)) {
                return Verdict.UNKNOWN;
            }
            Date then = Date.from(at);
            if (then.before(anchor.getNotBefore()) || then.after(anchor.getNotAfter())) {
                return Verdict.EXPIRED; // PKIX does not look at the dates of where it begins
            }
            if (!below.isEmpty()) {
                PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
                parameters.setRevocationEnabled(false);
                parameters.setDate(then);
                CertPathValidator.getInstance("PKIX")
                        .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
            }
            return Verdict.VALID;
        } catch (CertPathValidatorException e) {
            boolean dates = e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID;
            return dates ? Verdict.EXPIRED : Verdict.UNKNOWN;
        } catch (GeneralSecurityException e) {
            return Verdict.UNKNOWN;
        }
    }
}
