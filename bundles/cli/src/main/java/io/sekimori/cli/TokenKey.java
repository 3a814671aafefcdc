package io.sekimori.cli;

import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A signing key that was made in a token and stays there: a smart card, a hardware module, whatever speaks PKCS #11
 * (OASIS, 3.0). The curve is P-256, since Java's provider lets a token make neither Ed25519 nor ML-DSA. Confined to one
 * thread.
 */
final class TokenKey implements Signer {

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final String NAME = "sekimori key";

    private final Token token;
    private final PrivateKey key;
    private final TufKey open;

    private TokenKey(Token token, PrivateKey key, TufKey open) {
        this.token = token;
        this.key = key;
        this.open = open;
    }

    /**
     * Has the token make a key that it never hands out.
     *
     * @param token one for {@link Token#making} this
     * @param alias under which it lies in the token
     * @param pin   the caller's to wipe
     * @throws Failure {@code TOKEN_UNAVAILABLE}, {@code TOKEN_PIN}, or {@code TOKEN_KEY_EXISTS} if there is one of that name
     */
    static TokenKey create(Token token, String alias, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            if (keys.containsAlias(alias)) {
                throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_EXISTS", alias, token.slot());
            }
            KeyPair pair = token.generate();
            Certificate label = TokenLabel.of(NAME, pair.getPublic(), pair.getPrivate(), token.provider());
            keys.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {label});
            return new TokenKey(
                    token, pair.getPrivate(), TufKey.ecdsaP256(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw unavailable(token, e);
        }
    }

    /**
     * Opens a key that was made before.
     *
     * @param expected what it must be: a token may have been exchanged
     * @param pin      the caller's to wipe
     * @throws Failure {@code TOKEN_UNAVAILABLE}, {@code TOKEN_PIN}, or {@code TOKEN_KEY_MISSING} if this token does not have it
     */
    static TokenKey open(Token token, String alias, TufKey expected, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            Certificate label = keys.getCertificate(alias);
            if (label == null
                    || !TufKey.ecdsaP256(label.getPublicKey().getEncoded()).equals(expected)
                    || !(keys.getKey(alias, null) instanceof PrivateKey key)) {
                throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_MISSING", alias, token.slot());
            }
            return new TokenKey(token, key, expected);
        } catch (GeneralSecurityException e) {
            throw unavailable(token, e);
        }
    }

    /**
     * A key that another tool made, or a run of ours that was cut after the token had it. The token has to use it: a certificate
     * may be of another key than the one beside it.
     *
     * @param alias its label in the token
     * @param pin   the caller's to wipe
     * @throws Failure {@code TOKEN_UNAVAILABLE}, {@code TOKEN_PIN}, {@code TOKEN_KEY_UNSEEN} if the token shows no key of that
     *     name, {@code TOKEN_KEY_UNFIT} if it is no P-256 key or does not sign as its certificate says
     */
    static TokenKey adopt(Token token, String alias, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            Certificate label = keys.getCertificate(alias);
            if (label == null || !(keys.getKey(alias, null) instanceof PrivateKey key)) {
                throw new Failure(
                        ExitCode.REFUSED, "TOKEN_KEY_UNSEEN", alias, token.slot(), String.join(", ", seen(keys)));
            }
            TufKey open = TufKey.ecdsaP256(label.getPublicKey().getEncoded());
            byte[] question = new byte[32];
            new SecureRandom().nextBytes(question);
            if (!open.verifies(question, sign(token, key, question))) {
                throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_UNFIT", alias, "its certificate is of another key");
            }
            return new TokenKey(token, key, open);
        } catch (IllegalArgumentException | IOException e) {
            throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_UNFIT", alias, e.getMessage()).because(e);
        } catch (GeneralSecurityException | ProviderException e) {
            throw unavailable(token, e);
        }
    }

    /** The names of the keys that Java sees in a token. */
    private static List<String> seen(KeyStore keys) throws KeyStoreException {
        List<String> names = new ArrayList<>();
        for (String name : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Whether a run of ours made it there, to the end. */
    static boolean isMade(Token token, String alias, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            return keys.isKeyEntry(alias) && TokenLabel.is(NAME, keys.getCertificate(alias));
        } catch (KeyStoreException e) {
            throw unavailable(token, e);
        }
    }

    /** Whether the token shows something of that name. */
    static boolean isThere(Token token, String alias, char[] pin) throws Failure {
        try {
            return token.open(pin).containsAlias(alias);
        } catch (KeyStoreException e) {
            throw unavailable(token, e);
        }
    }

    @Override
    public TufKey publicKey() {
        return open;
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        return sign(token, key, message);
    }

    private static byte[] sign(Token token, PrivateKey key, byte[] message) throws IOException {
        try {
            Signature signature = Signature.getInstance(ALGORITHM, token.provider());
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IOException("the token did not sign: " + e.getMessage(), e);
        }
    }

    private static Failure unavailable(Token token, Exception cause) {
        return new Failure(ExitCode.FAILED, "TOKEN_UNAVAILABLE", token.module(), token.slot(), cause.getMessage())
                .because(cause);
    }
}
