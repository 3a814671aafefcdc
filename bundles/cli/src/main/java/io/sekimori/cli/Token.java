package io.sekimori.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import javax.security.auth.login.FailedLoginException;

/**
 * One token by the library of its maker (PKCS #11), through Java's own provider. Confined to one thread.
 *
 * @param module   the library, absolute
 * @param slot     its place in the library's list of slots, from 0
 * @param provider Java's, for this token alone; it is not entered among the process's providers
 */
record Token(Path module, int slot, Provider provider) {

    // A key is made to stay: not even the token's owner gets it out, and it signs.
    private static final String CONFIGURATION = """
            --name = slot%2$d
            library = %1$s
            slotListIndex = %2$d
            attributes(generate, CKO_PRIVATE_KEY, *) = {
              CKA_TOKEN = true
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_SIGN = true
            %3$s}
            """;

    /**
     * The token in that slot.
     *
     * @throws Failure {@code TOKEN_UNAVAILABLE} if the library cannot be loaded or has nothing there
     */
    static Token in(Path module, int slot) throws Failure {
        return in(module, slot, "");
    }

    /** As {@link #in}, to make a key in: whatever cuts that, what was made lies there under this id, and can be found again. */
    static Token making(Path module, int slot, String id) throws Failure {
        return in(module, slot, "  CKA_ID = 0h" + HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8)) + "\n");
    }

    private static Token in(Path module, int slot, String attributes) throws Failure {
        if (!Files.isRegularFile(module)) {
            throw new Failure(ExitCode.REFUSED, "TOKEN_UNAVAILABLE", module, slot, "no such file");
        }
        Provider generic = Security.getProvider("SunPKCS11");
        if (generic == null) {
            throw new Failure(ExitCode.FAILED, "TOKEN_UNAVAILABLE", module, slot, "this Java has no SunPKCS11");
        }
        try {
            return new Token(module, slot, generic.configure(CONFIGURATION.formatted(module, slot, attributes)));
        } catch (ProviderException | UnsupportedOperationException | IllegalArgumentException e) {
            throw unavailable(module, slot, e);
        }
    }

    /**
     * The keys in it.
     *
     * @param pin the caller's to wipe
     * @throws Failure {@code TOKEN_PIN} if it is another one; a token counts such tries
     */
    KeyStore open(char[] pin) throws Failure {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, pin);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof FailedLoginException) {
                    throw new Failure(ExitCode.REFUSED, "TOKEN_PIN", slot).because(e);
                }
            }
            throw unavailable(module, slot, e);
        }
    }

    /** A new pair of keys, of which the token keeps the private one; Java sees it in the token once it has a certificate. */
    KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Failure unavailable(Path module, int slot, Exception cause) {
        Throwable first = cause.getCause() == null ? cause : cause.getCause();
        return new Failure(ExitCode.FAILED, "TOKEN_UNAVAILABLE", module, slot, first.getMessage()).because(cause);
    }
}
