package io.sekimori.identity.device;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/**
 * Makes PKCS#10 requests (RFC 2986) for a key that signs and is never handed out. Written out by hand: the frame is a
 * dozen bytes around what the Java runtime encodes itself. Stateless.
 */
final class CertificateRequest {

    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;

    // version v1(0); no attributes, [0] IMPLICIT SET OF
    private static final String VERSION = "020100";
    private static final String ATTRIBUTES = "a000";

    // AlgorithmIdentifier of ecdsa-with-SHA256, 1.2.840.10045.4.3.2 (RFC 5758 3.2)
    private static final String ECDSA_WITH_SHA256 = "300a06082a8648ce3d040302";

    private CertificateRequest() {}

    /** A request in DER for {@code key}. */
    static byte[] of(PublicKeyFacts key, X500Principal subject, Keys keys) throws KeyException {
        if (key.algorithm() != KeyAlgorithm.EC_P256) {
            throw new IllegalArgumentException("no request is known for " + key.algorithm());
        }
        byte[] info = element(
                SEQUENCE, bytes(VERSION), subject.getEncoded(), key.key().getEncoded(), bytes(ATTRIBUTES));
        byte[] noUnusedBits = {0};
        return element(
                SEQUENCE,
                info,
                bytes(ECDSA_WITH_SHA256),
                element(BIT_STRING, noUnusedBits, keys.sign(key.name(), info)));
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.writeBytes(each);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // X.690 8.1.3: short form below 128; nothing here is longer than 65,535.
        if (content.size() > 0xff) {
            out.write(0x82);
            out.write(content.size() >> 8);
        } else if (content.size() > 0x7f) {
            out.write(0x81);
        }
        out.write(content.size() & 0xff);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
