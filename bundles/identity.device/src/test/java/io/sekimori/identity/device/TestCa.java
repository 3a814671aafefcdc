package io.sekimori.identity.device;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaCRLStore;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A console's CA for tests: a root and an issuing CA, made by BouncyCastle. */
final class TestCa {

    static final Duration DAY = Duration.ofDays(1);

    final KeyPair rootKey;
    final KeyPair issuingKey = pair();
    final X509Certificate root;
    final X509Certificate issuing;
    private final String name;

    TestCa() {
        this.rootKey = pair();
        this.root = authority("CN=root", rootKey.getPublic(), "CN=root", rootKey);
        this.name = "CN=issuing";
        this.issuing = authority("CN=root", issuingKey.getPublic(), name, rootKey);
    }

    private TestCa(TestCa before) {
        this.rootKey = before.rootKey;
        this.root = before.root;
        this.name = before.name + " next";
        this.issuing = authority("CN=root", issuingKey.getPublic(), name, rootKey);
    }

    /** Another issuing CA of the same root. */
    TestCa next() {
        return new TestCa(this);
    }

    /** What the root revokes. */
    X509CRL revoking(long number, X509Certificate... revoked) {
        return list(rootKey, number, revoked);
    }

    /** A list in the root's name, signed with this key. */
    static X509CRL list(KeyPair signer, long number, X509Certificate... revoked) {
        return made(() -> {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(
                    new X500Name("CN=root"), Date.from(Instant.now().minus(DAY)));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            for (X509Certificate each : revoked) {
                builder.addCRLEntry(each.getSerialNumber(), new Date(), 1);
            }
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        });
    }

    X509Certificate gateway(PublicKey key, String subject) {
        return leaf(key, subject, KeyPurposeId.id_kp_clientAuth, DAY.multipliedBy(30), "localhost");
    }

    X509Certificate server(PublicKey key, Duration validFor, String host) {
        return leaf(key, "CN=server", KeyPurposeId.id_kp_serverAuth, validFor, host);
    }

    X509Certificate leaf(PublicKey key, String subject, KeyPurposeId use, Duration validFor, String host) {
        return made(() -> {
            JcaX509v3CertificateBuilder builder = builder(name, key, subject, validFor);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            return signed(builder, issuingKey);
        });
    }

    /** A CA certificate as an attacker would make it: with somebody's public key, signed with another. */
    static X509Certificate authority(String issuer, PublicKey key, String subject, KeyPair signer) {
        return made(() -> {
            JcaX509v3CertificateBuilder builder = builder(issuer, key, subject, DAY);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return signed(builder, signer);
        });
    }

    /** What EST sends. */
    static byte[] bag(List<X509Certificate> certificates) {
        return bag(certificates, List.of());
    }

    static byte[] bag(List<X509Certificate> certificates, List<X509CRL> lists) {
        return made(() -> {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addCertificates(new JcaCertStore(certificates));
            generator.addCRLs(new JcaCRLStore(lists));
            return Base64.getMimeEncoder()
                    .encode(generator.generate(new CMSAbsentContent()).getEncoded());
        });
    }

    static KeyPair pair() {
        return made(() -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        });
    }

    private static JcaX509v3CertificateBuilder builder(
            String issuer, PublicKey key, String subject, Duration validFor) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(Duration.ofDays(2))),
                Date.from(now.plus(validFor)),
                new X500Name(subject),
                key);
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    private interface Making<T> {
        T make() throws GeneralSecurityException, OperatorCreationException, IOException, CMSException;
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (GeneralSecurityException | OperatorCreationException | IOException | CMSException e) {
            throw new AssertionError(e);
        }
    }
}
