package io.sekimori.cli;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificates beside keys in a token: Java does not see a key there that has none. Nobody believes them anything.
 * Stateless.
 */
final class TokenLabel {

    /** What RFC 5280 (4.1.2.5) has for a certificate without an end. */
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private static final int SERIAL_BITS = 64;

    private TokenLabel() {}

    /** One for this key. */
    static Certificate of(String name, PublicKey key, PrivateKey signer, Provider provider)
            throws GeneralSecurityException, OperatorCreationException {
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
        // No two of one subject: Java 25 leaves a certificate in the token that seems to have issued another.
        X500Name subject = new X500Name("CN=" + name + " " + serial.toString(Character.MAX_RADIX));
        X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                        subject, serial, Date.from(Instant.EPOCH), Date.from(NEVER), subject, key)
                .build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(provider)
                        .build(signer));
        return new JcaX509CertificateConverter().getCertificate(certificate);
    }

    /** Whether it is one of that name. */
    static boolean is(String name, Certificate certificate) {
        return certificate instanceof X509Certificate label
                && label.getSubjectX500Principal().getName().startsWith("CN=" + name + " ");
    }
}
