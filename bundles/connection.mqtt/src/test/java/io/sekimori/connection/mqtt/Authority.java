package io.sekimori.connection.mqtt;

import io.sekimori.keys.kit.MemoryTls;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A console's CA for tests, with real certificates. */
final class Authority {

    private final AtomicLong serial = new AtomicLong();
    private final KeyPair keys = pair();
    private final X509Certificate certificate = certify("CN=Test CA", keys, true);

    /** A key with its certificate. */
    record Party(PrivateKey key, X509Certificate certificate) {}

    X509Certificate certificate() {
        return certificate;
    }

    /** Whoever goes by this name, at this machine. */
    Party party(String name, String unit) {
        KeyPair pair = pair();
        return new Party(pair.getPrivate(), certify("CN=" + name + ",OU=" + unit, pair, false));
    }

    /** A new certificate for the key of one that exists. */
    Party renewed(Party party, String name, String unit) {
        KeyPair pair = new KeyPair(party.certificate().getPublicKey(), party.key());
        return new Party(party.key(), certify("CN=" + name + ",OU=" + unit, pair, false));
    }

    SSLContext tls(Party party) {
        try {
            return MemoryTls.of(party.key(), List.of(party.certificate()), List.of(certificate));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static void writePem(Path file, String type, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private X509Certificate certify(String subject, KeyPair subjectKeys, boolean authority) {
        Instant now = Instant.now();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            new X500Name("CN=Test CA"),
                            BigInteger.valueOf(serial.incrementAndGet()),
                            Date.from(now.minus(Duration.ofHours(1))),
                            Date.from(now.plus(Duration.ofHours(1))),
                            new X500Name(subject),
                            subjectKeys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                        new GeneralName(GeneralName.dNSName, "localhost")
                    }));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
