package io.sekimori.identity.device;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a file of {@link KnownIssuers} says. All of it is verified when it is read: damage is noticed, and revokes nobody else.
 *
 * @param root of the console
 * @param list what the root has revoked
 * @param issuers the root's issuing CAs that count instead, at least one
 */
record IssuersFile(X509Certificate root, RootList list, List<X509Certificate> issuers) {

    private static final long FORMAT = 1;
    private static final int MAX_BYTES = 512 << 10;

    IssuersFile {
        issuers = List.copyOf(issuers);
    }

    static IssuersFile parse(byte[] utf8) throws MalformedJson, GeneralSecurityException {
        JsonObject json = JsonObject.parse(utf8, MAX_BYTES);
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        X509Certificate root = certificate(json.string("root"));
        X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(der(json.string("list")));
        RootList list = RootList.newest(Set.of(crl), root)
                .orElseThrow(() -> new GeneralSecurityException("the list is not signed by the root"));
        List<X509Certificate> issuers = new ArrayList<>();
        for (String each : json.strings("issuers")) {
            issuers.add(certificate(each));
        }
        if (issuers.isEmpty() || !issuers.stream().allMatch(each -> made(root, each) && !list.revokes(each))) {
            throw new GeneralSecurityException("an issuing CA is not the root's, or revoked");
        }
        return new IssuersFile(root, list, issuers);
    }

    byte[] bytes() throws IOException {
        try {
            List<String> each = new ArrayList<>();
            for (X509Certificate issuer : issuers) {
                each.add(base64(issuer.getEncoded()));
            }
            return JsonText.bytes(Map.of(
                    "format",
                    FORMAT,
                    "root",
                    base64(root.getEncoded()),
                    "list",
                    base64(list.crl().getEncoded()),
                    "issuers",
                    each));
        } catch (GeneralSecurityException e) {
            throw new IOException("what was read has its bytes", e);
        }
    }

    /** Whether it speaks of this root. */
    boolean isOf(X509Certificate other) {
        return root.getPublicKey().equals(other.getPublicKey());
    }

    /** The greatest is of this root and the newest, so that it takes nothing back; as new as each other, it revokes more. */
    static Comparator<IssuersFile> byNewsOf(X509Certificate root) {
        return Comparator.<IssuersFile, Boolean>comparing(each -> each.isOf(root))
                .thenComparing(each -> each.list().number())
                .thenComparing(each -> each.list().revoked().size());
    }

    /** Whether the root certified that issuing CA. */
    static boolean made(X509Certificate root, X509Certificate issuer) {
        try {
            issuer.verify(root.getPublicKey());
            return issuer.getBasicConstraints() >= 0
                    && issuer.getIssuerX500Principal().equals(root.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static X509Certificate certificate(String base64) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der(base64));
    }

    private static ByteArrayInputStream der(String base64) {
        return new ByteArrayInputStream(Base64.getDecoder().decode(base64));
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }
}
