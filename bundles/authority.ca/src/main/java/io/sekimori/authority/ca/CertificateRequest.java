package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#10 request (RFC 2986) that was proven to come from whoever has its key. The extensions it asks for are not
 * looked at.
 *
 * @param key on P-256
 * @param subject what it asks to be named; counts only where it must be that of a certificate known already
 */
record CertificateRequest(PublicKey key, X500Principal subject) {

    /** The most bytes of a request in base64. */
    static final int MAX_BYTES = 16 << 10;

    private static final String PROVIDER = "SunEC";
    private static final String SECP256R1 = "1.2.840.10045.3.1.7";

    /**
     * Reads a request as RFC 7030 4.2.1 has it: base64, with or without line ends, and nothing around it (RFC 8951).
     *
     * @throws EnrolRefused if it is not one, or not signed with its own key
     */
    static CertificateRequest parse(byte[] base64) throws EnrolRefused {
        CertificationRequest request = structure(decode(base64));
        PublicKey key = key(request);
        X500Principal subject = subject(request);
        try {
            // RFC 5758 3.2; a request for a P-256 key has no reason to use another hash.
            if (!X9ObjectIdentifiers.ecdsa_with_SHA256.equals(
                    request.getSignatureAlgorithm().getAlgorithm())) {
                throw new GeneralSecurityException("not ECDSA over SHA-256");
            }
            Signature signature = Signature.getInstance("SHA256withECDSA", PROVIDER);
            signature.initVerify(key);
            signature.update(request.getCertificationRequestInfo().getEncoded(ASN1Encoding.DER));
            if (!signature.verify(request.getSignature().getOctets())) {
                throw new GeneralSecurityException("it does not fit");
            }
            return new CertificateRequest(key, subject);
        } catch (GeneralSecurityException | IOException | RuntimeException e) { // what a parser of others throws
            throw new EnrolRefused(
                    AuthorityCode.REQUEST_NOT_PROVEN, "not signed with its key by ECDSA over SHA-256", e);
        }
    }

    private static byte[] decode(byte[] base64) throws EnrolRefused {
        if (base64.length > MAX_BYTES) {
            throw malformed("more than " + MAX_BYTES + " bytes", null);
        }
        try {
            return Base64.getDecoder()
                    .decode(new String(base64, StandardCharsets.ISO_8859_1).replaceAll("[\r\n \t]", ""));
        } catch (IllegalArgumentException e) {
            throw malformed("not base64", e);
        }
    }

    private static CertificationRequest structure(byte[] der) throws EnrolRefused {
        try {
            return new PKCS10CertificationRequest(der).toASN1Structure();
        } catch (IOException | RuntimeException e) { // what a parser of others throws
            throw malformed("not PKCS#10", e);
        }
    }

    private static X500Principal subject(CertificationRequest request) throws EnrolRefused {
        try {
            return new X500Principal(
                    request.getCertificationRequestInfo().getSubject().getEncoded(ASN1Encoding.DER));
        } catch (IOException | RuntimeException e) { // what a parser of others throws
            throw malformed("the subject is no name", e);
        }
    }

    private static PublicKey key(CertificationRequest request) throws EnrolRefused {
        try {
            byte[] encoded = request.getCertificationRequestInfo()
                    .getSubjectPublicKeyInfo()
                    .getEncoded(ASN1Encoding.DER);
            PublicKey key = KeyFactory.getInstance("EC", PROVIDER).generatePublic(new X509EncodedKeySpec(encoded));
            if (key instanceof ECPublicKey point && isP256(point.getParams())) {
                return key;
            }
            throw new GeneralSecurityException("another curve");
        } catch (GeneralSecurityException | IOException | RuntimeException e) { // what a parser of others throws
            throw new EnrolRefused(AuthorityCode.KEY_UNSUITABLE, "the key is not one on P-256", e);
        }
    }

    // The runtime's named curves print their name and OID; parameters written out are not accepted by it at all.
    private static boolean isP256(ECParameterSpec parameters) {
        return parameters.getCurve().getField().getFieldSize() == 256
                && parameters.toString().contains(SECP256R1);
    }

    private static EnrolRefused malformed(String detail, @Nullable Throwable cause) {
        return new EnrolRefused(AuthorityCode.REQUEST_MALFORMED, detail, cause);
    }
}
