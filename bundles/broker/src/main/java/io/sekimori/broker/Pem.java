package io.sekimori.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the files that hold credentials (RFC 7468). */
final class Pem {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final List<String> ALGORITHMS = List.of("EC", "Ed25519", "RSA");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private Pem() {}

    static List<X509Certificate> certificates(Path file) throws BrokerException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = factory().generateCertificates(in).stream()
                    .map((Certificate certificate) -> (X509Certificate) certificate)
                    .toList();
            if (found.isEmpty()) {
                throw new BrokerException(BrokerCode.CREDENTIALS, file + " holds no certificate");
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw new BrokerException(BrokerCode.CREDENTIALS, file + ": " + e, e);
        }
    }

    static List<X509CRL> lists(Path file) throws BrokerException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509CRL> found = factory().generateCRLs(in).stream()
                    .map((CRL list) -> (X509CRL) list)
                    .toList();
            if (found.isEmpty()) {
                throw new BrokerException(BrokerCode.CREDENTIALS, file + " holds no revocation list");
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw new BrokerException(BrokerCode.CREDENTIALS, file + ": " + e, e);
        }
    }

    static PrivateKey privateKey(Path file) throws BrokerException {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new BrokerException(BrokerCode.KEY_EXPOSED, file.toString());
            }
            byte[] der = der(Files.readAllBytes(file), file);
            try {
                return key(der, file);
            } finally {
                Arrays.fill(der, (byte) 0);
            }
        } catch (IOException e) {
            throw new BrokerException(BrokerCode.CREDENTIALS, file + ": " + e, e);
        }
    }

    private static byte[] der(byte[] pem, Path file) throws BrokerException {
        try {
            String text = new String(pem, StandardCharsets.US_ASCII);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new BrokerException(BrokerCode.CREDENTIALS, file + " holds no PKCS #8 key");
            }
            return Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        } catch (IllegalArgumentException e) {
            throw new BrokerException(BrokerCode.CREDENTIALS, file + " is not base64", e);
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static PrivateKey key(byte[] der, Path file) throws BrokerException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                continue; // a key of another algorithm
            } catch (NoSuchAlgorithmException e) {
                throw new BrokerException(BrokerCode.CREDENTIALS, "no " + algorithm + " on this Java", e);
            }
        }
        throw new BrokerException(BrokerCode.CREDENTIALS, file + " holds a key of an unknown algorithm");
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
