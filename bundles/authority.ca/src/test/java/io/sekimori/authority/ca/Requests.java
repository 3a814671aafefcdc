package io.sekimori.authority.ca;

import java.io.IOException;
import java.security.KeyPair;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** PKCS#10 requests, right and wrong. */
final class Requests {

    private Requests() {}

    static byte[] of(KeyPair key) {
        return of(key, "CN=whoever", key);
    }

    /** For {@code key}, signed with {@code signer}. */
    static byte[] of(KeyPair key, String subject, KeyPair signer) {
        try {
            CertificationRequestInfo info = new CertificationRequestInfo(
                    new X500Name(subject),
                    SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()),
                    null);
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(info);
            parts.add(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
            parts.add(new DERBitString(MemoryKeys.sign(signer, info.getEncoded(ASN1Encoding.DER))));
            return Base64.getEncoder().encode(new DERSequence(parts).getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
