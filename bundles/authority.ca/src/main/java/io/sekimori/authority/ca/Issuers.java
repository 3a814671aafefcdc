package io.sekimori.authority.ca;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * The issuing CAs of one root: what {@code ca.pem} says, and what the root's keeper signs. One file, so that one rename replaces the
 * issuing CA with all that belongs to it.
 *
 * @param issuing what signs from now on
 * @param root whom gateways trust; signed itself and all others
 * @param former what signed before, each revoked; the newest last
 * @param revoked the root's list (RFC 5280 5) with all former ones; empty if there is none
 */
record Issuers(X509Certificate issuing, X509Certificate root, List<X509Certificate> former, Optional<X509CRL> revoked) {

    static final int MAX_BYTES = 256 << 10;

    private static final String LIST = "X509 CRL";

    Issuers {
        former = List.copyOf(former);
    }

    /** Reads and verifies all of it: nobody but the root's keeper can have made it. */
    static Issuers parse(byte[] pem) throws IOException, GeneralSecurityException {
        if (pem.length > MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " bytes");
        }
        List<X509Certificate> all = Pem.certificates(pem);
        List<byte[]> lists = Pem.blocks(pem, LIST);
        if (all.size() < 2 || lists.size() > 1) {
            throw new IOException(all.size() + " certificates and " + lists.size() + " lists, instead of issuing CA,"
                    + " root, those before, and one list");
        }
        Optional<X509CRL> list = lists.isEmpty()
                ? Optional.empty()
                : Optional.of((X509CRL)
                        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(lists.get(0))));
        Issuers issuers = new Issuers(all.get(0), all.get(1), all.subList(2, all.size()), list);
        issuers.verify();
        return issuers;
    }

    private void verify() throws GeneralSecurityException {
        root.verify(root.getPublicKey());
        requireOfRoot(issuing);
        if (revoked.isPresent()) {
            X509CRL list = revoked.get();
            require(list.getIssuerX500Principal().equals(root.getSubjectX500Principal()), "the list is not the root's");
            list.verify(root.getPublicKey());
            require(!list.isRevoked(issuing), "the issuing CA is revoked");
        }
        for (X509Certificate each : former) {
            requireOfRoot(each);
            require(!each.getPublicKey().equals(issuing.getPublicKey()), "a key that is revoked issues");
            require(revoked.isPresent() && revoked.get().isRevoked(each), "one that was before is not revoked");
        }
    }

    private void requireOfRoot(X509Certificate certificate) throws GeneralSecurityException {
        certificate.verify(root.getPublicKey());
        require(
                certificate.getIssuerX500Principal().equals(root.getSubjectX500Principal())
                        && certificate.getBasicConstraints() >= 0,
                "not an issuing CA of the root");
    }

    private static void require(boolean holds, String otherwise) throws GeneralSecurityException {
        if (!holds) {
            throw new GeneralSecurityException(otherwise);
        }
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Pem.of(List.of(issuing, root)));
        out.writeBytes(Pem.of(former));
        if (revoked.isPresent()) {
            try {
                out.writeBytes(Pem.of(LIST, revoked.get().getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IOException("a list that was read has its bytes", e);
            }
        }
        return out.toByteArray();
    }

    /** Whether the issuing CA or one before made a certificate, by the name of its issuer; the records know the rest. */
    boolean made(X509Certificate certificate) {
        return isIssuer(issuing, certificate) || former.stream().anyMatch(each -> isIssuer(each, certificate));
    }

    /**
     * Whether one before made a recorded certificate, by the name of its issuer: a console that shares the records may have an
     * issuing CA of its own, whose certificates are none of ours.
     */
    boolean madeBefore(byte[] der) {
        try {
            X500Name name = new X509CertificateHolder(der).getIssuer();
            return former.stream()
                    .map(each ->
                            X500Name.getInstance(each.getSubjectX500Principal().getEncoded()))
                    .anyMatch(name::equals);
        } catch (IOException e) {
            throw new IllegalStateException("what was recorded as a certificate is one", e);
        }
    }

    private static boolean isIssuer(X509Certificate issuer, X509Certificate certificate) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** The number of the root's list (RFC 5280 5.2.3); zero if there is none. */
    BigInteger number() throws IOException {
        Optional<byte[]> number = revoked.map(list -> list.getExtensionValue(Extension.cRLNumber.getId()));
        return number.isEmpty()
                ? BigInteger.ZERO
                : ASN1Integer.getInstance(JcaX509ExtensionUtils.parseExtensionValue(number.get()))
                        .getValue();
    }

    /** Whether this may follow what a console has: the same root, and nothing that was revoked is forgotten. */
    boolean follows(Issuers before) throws IOException {
        boolean keeps = before.issuing().equals(issuing) || former.contains(before.issuing());
        return root.equals(before.root())
                && keeps
                && former.containsAll(before.former())
                && number().compareTo(before.number()) >= 0;
    }
}
