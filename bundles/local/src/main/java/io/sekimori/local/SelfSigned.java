package io.sekimori.local;

import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * Makes a certificate (RFC 5280) in which a key vouches for itself. Nobody is asked to trust its issuer: people compare its
 * fingerprint. It has no end, as RFC 5280 4.1.2.5 provides for devices, so that the fingerprint stays what it is. Stateless.
 */
final class SelfSigned {

    private static final X500Principal NAME = new X500Principal("CN=Sekimori gateway");
    private static final int SERIAL_BITS = 127;

    // AlgorithmIdentifier of ecdsa-with-SHA256, 1.2.840.10045.4.3.2 (RFC 5758 3.2)
    private static final byte[] ECDSA_WITH_SHA256 = Der.hex("300a06082a8648ce3d040302");

    private static final byte[] TRUE = Der.element(Der.BOOLEAN, new byte[] {(byte) 0xff});
    private static final byte[] BASIC_CONSTRAINTS = Der.hex("0603551d13");
    private static final byte[] KEY_USAGE = Der.hex("0603551d0f");
    private static final byte[] EXTENDED_KEY_USAGE = Der.hex("0603551d25");
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.hex("0603551d11");
    private static final byte[] SERVER_AUTH = Der.hex("06082b06010505070301");
    private static final byte[] DIGITAL_SIGNATURE = Der.hex("03020780");

    private SelfSigned() {}

    static X509Certificate of(PublicKeyFacts key, Keys keys, SecureRandom random)
            throws KeyException, CertificateException {
        byte[] name = NAME.getEncoded();
        byte[] validity = Der.sequence(
                Der.text(Der.UTC_TIME, "260101000000Z"), Der.text(Der.GENERALIZED_TIME, "99991231235959Z"));
        byte[] certificate = Der.sequence(
                Der.element(0xa0, Der.integer(BigInteger.TWO)), // version 3
                Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1)),
                ECDSA_WITH_SHA256,
                name,
                validity,
                name,
                key.key().getEncoded(),
                Der.element(0xa3, extensions()));
        byte[] der = Der.sequence(certificate, ECDSA_WITH_SHA256, Der.bits(keys.sign(key.name(), certificate)));
        return parse(der);
    }

    static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte[] extensions() {
        byte[] names = Der.sequence(
                Der.text(0x82, "localhost"), // dNSName
                Der.element(0x87, new byte[] {127, 0, 0, 1}), // iPAddress
                Der.element(0x87, Der.hex("00000000000000000000000000000001")));
        return Der.sequence(
                Der.sequence(BASIC_CONSTRAINTS, TRUE, Der.element(Der.OCTET_STRING, Der.sequence())),
                Der.sequence(KEY_USAGE, TRUE, Der.element(Der.OCTET_STRING, DIGITAL_SIGNATURE)),
                Der.sequence(EXTENDED_KEY_USAGE, Der.element(Der.OCTET_STRING, Der.sequence(SERVER_AUTH))),
                Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.element(Der.OCTET_STRING, names)));
    }
}
