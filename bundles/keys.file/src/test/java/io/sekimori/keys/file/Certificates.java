package io.sekimori.keys.file;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certification authority for tests. */
final class Certificates {

    static final KeyPurposeId SERVER = KeyPurposeId.id_kp_serverAuth;
    static final KeyPurposeId CLIENT = KeyPurposeId.id_kp_clientAuth;

    private final KeyPair key = pair();
    private final Instant now = Instant.now();
    final X509Certificate anchor;

    Certificates() {
        anchor =
                make(key.getPublic(), "CN=ca", Duration.ofDays(1), Extension.basicConstraints, new BasicConstraints(0));
    }

    X509Certificate of(PublicKey subject, @Nullable KeyPurposeId use) {
        return of(subject, use, Duration.ofDays(1));
    }

    X509Certificate of(PublicKey subject, @Nullable KeyPurposeId use, Duration validFor) {
        return use == null
                ? make(subject, "CN=peer", validFor, Extension.basicConstraints, new BasicConstraints(false))
                : make(subject, "CN=peer", validFor, Extension.extendedKeyUsage, new ExtendedKeyUsage(use));
    }

    static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate make(
            PublicKey subject, String name, Duration validFor, ASN1ObjectIdentifier id, ASN1Encodable value) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=ca"),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(now.minus(Duration.ofDays(2))),
                    Date.from(now.plus(validFor)),
                    new X500Name(name),
                    subject);
            builder.addExtension(id, true, value);
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }
}
