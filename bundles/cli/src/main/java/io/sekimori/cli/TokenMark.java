package io.sekimori.cli;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * What lies in a token as long as a key is being made there. Java's provider tells neither a token's label nor its number, and
 * another one may lie in the same slot tomorrow; by this we know one again. It is a key that keeps nothing secret, since that is what
 * a token takes in one step. Stateless.
 */
final class TokenMark {

    private static final int NONCE_BYTES = 16;
    private static final int KEY_BYTES = 16;

    private TokenMark() {}

    /** The label of the next one. */
    static String next(String name) {
        return name + ".begun." + HexFormat.of().formatHex(random(NONCE_BYTES));
    }

    /**
     * Puts it there.
     *
     * @param pin the caller's to wipe
     * @return whether this token keeps such things; many cards do not
     */
    static boolean put(Token token, String label, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            keys.setKeyEntry(label, new SecretKeySpec(random(KEY_BYTES), "AES"), null, null);
        } catch (KeyStoreException | ProviderException e) {
            return false; // where something is left is then told by the slot alone
        }
        return isThere(token, label, pin);
    }

    /**
     * Whether it is in this token.
     *
     * @param pin the caller's to wipe
     */
    static boolean isThere(Token token, String label, char[] pin) throws Failure {
        try {
            return token.open(pin).containsAlias(label);
        } catch (KeyStoreException e) {
            throw unknown(token, label, e);
        }
    }

    /**
     * Takes it away, if it is there.
     *
     * @param pin the caller's to wipe
     */
    static void remove(Token token, String label, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            if (keys.containsAlias(label)) {
                keys.deleteEntry(label);
            }
        } catch (KeyStoreException | ProviderException e) {
            throw unknown(token, label, e);
        }
    }

    private static Failure unknown(Token token, String label, Exception cause) {
        return new Failure(ExitCode.FAILED, "TOKEN_LEFTOVER", label, token.slot(), cause.getMessage()).because(cause);
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
