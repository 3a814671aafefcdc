package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public key as TUF metadata has it for RSA, ECDSA and ML-DSA: PEM around a SubjectPublicKeyInfo (4.2.1; RFC 7468). */
final class PublicKeyPem {

    private static final int MAX_CHARS = 4_096;
    private static final Pattern FORM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

    private PublicKeyPem() {}

    /** As tools write it (RFC 7468). */
    static String pem(byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /** The bytes between the lines; empty if it is anything else. */
    static Optional<byte[]> der(String pem) {
        if (pem.length() > MAX_CHARS) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(pem);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(form.group(1).replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws GeneralSecurityException if it is no key of that algorithm */
    static PublicKey key(String algorithm, byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
    }
}
