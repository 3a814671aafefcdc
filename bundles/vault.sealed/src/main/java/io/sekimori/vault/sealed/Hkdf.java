package io.sekimori.vault.sealed;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;

/** HKDF with SHA-256 (RFC 5869) for one block of output. The Java runtime has one of its own only from 25 on. Stateless. */
final class Hkdf {

    static final int BYTES = 32;

    private static final String HASH = "HmacSHA256";

    private Hkdf() {}

    /** 32 bytes for {@code info}; the caller wipes them. */
    static byte[] derive(byte[] secret, byte[] salt, byte[] info) {
        byte[] extracted = mac(salt, secret); // RFC 5869 2.2
        try {
            byte[] first = Arrays.copyOf(info, info.length + 1);
            first[info.length] = 1; // RFC 5869 2.3: T(1), which is all as long as no more than a hash is asked for
            return mac(extracted, first);
        } finally {
            Arrays.fill(extracted, (byte) 0);
        }
    }

    private static byte[] mac(byte[] key, byte[] message) {
        try (WipedKey wiped = new WipedKey(key.length == 0 ? new byte[BYTES] : key.clone(), HASH)) {
            Mac mac = Mac.getInstance(HASH, "SunJCE");
            mac.init(wiped);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HASH, e);
        }
    }
}
