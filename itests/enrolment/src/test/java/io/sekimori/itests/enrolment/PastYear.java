package io.sekimori.itests.enrolment;

import io.sekimori.authority.ca.NewAuthority;
import io.sekimori.generation.Unit;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.file.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * Makes an enrolment one of more than a year ago, with console and gateway standing still: the same certificate, signed by
 * the same authority, but ended a minute ago, in the console's records and on the gateway's disk. Stateless.
 */
final class PastYear {

    private static final Duration AGO = Duration.ofDays(367);

    // Within the life of the authority, which was made just now and counts from an hour before.
    private static final Duration ENDED = Duration.ofMinutes(1);

    private PastYear() {}

    /** Answers the certificate that has ended. */
    static X509Certificate since(X509Certificate certificate, Path console, Unit gateway)
            throws IOException, GeneralSecurityException, SQLException {
        X509Certificate old = old(certificate, new KeyFiles(console.resolve("data/io.sekimori.keys.file")));
        Path identity = gateway.data("io.sekimori.identity.device").resolve("identity.json");
        Files.writeString(identity, Files.readString(identity).replace(base64(certificate), base64(old)));
        record(certificate, old, console);
        return old;
    }

    private static X509Certificate old(X509Certificate certificate, KeyFiles keys)
            throws IOException, GeneralSecurityException {
        X509CertificateHolder made = new X509CertificateHolder(certificate.getEncoded());
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                made.getIssuer(),
                made.getSerialNumber().xor(BigInteger.ONE),
                Date.from(now.minus(AGO)),
                Date.from(now.minus(ENDED)),
                made.getSubject(),
                made.getSubjectPublicKeyInfo());
        for (Object extension : made.getExtensionOIDs()) {
            builder.addExtension(made.getExtension((ASN1ObjectIdentifier) extension));
        }
        byte[] der = builder.build(new IssuingKey(keys)).getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static void record(X509Certificate certificate, X509Certificate old, Path console)
            throws IOException, GeneralSecurityException, SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + records(console) + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                PreparedStatement update = connection.prepareStatement(
                        "update authority_certificate set"
                                + " serial_number = ?, not_before = ?, not_after = ?, certificate = ? where serial_number = ?")) {
            update.setString(1, old.getSerialNumber().toString(16));
            update.setLong(2, old.getNotBefore().toInstant().getEpochSecond());
            update.setLong(3, old.getNotAfter().toInstant().getEpochSecond());
            update.setString(4, base64(old));
            update.setString(5, certificate.getSerialNumber().toString(16));
            if (update.executeUpdate() != 1) {
                throw new SQLException("the console does not know the certificate");
            }
        }
    }

    private static String records(Path console) throws IOException {
        String end = ".mv.db";
        try (Stream<Path> files = Files.walk(console.resolve("data"))) {
            return files.map(file -> file.toAbsolutePath().toString())
                    .filter(file -> file.endsWith("records" + end))
                    .map(file -> file.substring(0, file.length() - end.length()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String base64(X509Certificate certificate) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    /** Signs as the console's authority does. */
    private static final class IssuingKey implements ContentSigner {

        private final KeyFiles keys;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        IssuingKey(KeyFiles keys) {
            this.keys = keys;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            try {
                return keys.sign(NewAuthority.ISSUING_KEY, message.toByteArray());
            } catch (KeyException e) {
                throw new AssertionError(e);
            }
        }
    }
}
