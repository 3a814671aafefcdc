package io.sekimori.access.people;

import io.sekimori.access.SessionToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Makes tokens, and the hashes by which they are found again. Stateless. */
final class Tokens {

    private static final int TOKEN_BYTES = 32;
    private static final int ID_BYTES = 8;

    private Tokens() {}

    static SessionToken next(Surroundings around) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(around.random(TOKEN_BYTES));
        return SessionToken.of(text).orElseThrow();
    }

    static String nextId(Surroundings around) {
        return HexFormat.of().formatHex(around.random(ID_BYTES));
    }

    /** A token has 256 random bits, so a plain hash of it cannot be guessed back, and looking it up leaks nothing of it. */
    static String hash(SessionToken token) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
