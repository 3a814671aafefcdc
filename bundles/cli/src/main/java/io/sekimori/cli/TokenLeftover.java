package io.sekimori.cli;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A private key that a run left in a token when it was cut before the certificate. Java's provider shows no key without one,
 * so it is given one that is not its own, and is removed by that: a key that is thrown away brings the certificate to the
 * leftover's id, and goes from there again. Nobody has ever seen the leftover's public half, so nothing is lost with it.
 * Stateless.
 */
final class TokenLeftover {

    private static final String NAME = "sekimori leftover";
    private static final String GONE = ".gone";

    private TokenLeftover() {}

    /** Whether nothing under {@code alias} is anybody else's: what has a certificate that is none of these stays. */
    static boolean mayBe(Token token, String alias, char[] pin) throws Failure {
        try {
            KeyStore keys = token.open(pin);
            return !keys.containsAlias(alias) || TokenLabel.is(NAME, keys.getCertificate(alias));
        } catch (KeyStoreException e) {
            throw new Failure(ExitCode.FAILED, "TOKEN_LEFTOVER", alias, token.slot(), e.getMessage()).because(e);
        }
    }

    /**
     * Removes what lies under {@code alias} without a certificate of its own.
     *
     * @param pin the caller's to wipe
     * @return whether there was anything
     * @throws Failure {@code TOKEN_LEFTOVER} if that cannot be told or done
     */
    static boolean remove(Token found, String alias, char[] pin) throws Failure {
        String aside = alias + GONE;
        Token token = Token.making(found.module(), found.slot(), aside);
        try {
            KeyStore keys = token.open(pin);
            for (String name : new String[] {alias, aside}) {
                if (TokenLabel.is(NAME, keys.getCertificate(name))) {
                    keys.deleteEntry(name); // this itself was cut
                    keys = token.open(pin);
                }
            }
            KeyPair thrown = token.generate();
            keys.setKeyEntry(alias, thrown.getPrivate(), null, label());
            boolean there = isAmbiguous(token.open(pin), alias);
            keys = token.open(pin);
            if (there) {
                keys.setKeyEntry(aside, thrown.getPrivate(), null, label());
                keys = token.open(pin);
                keys.getKey(alias, null); // there is one now, or nothing is removed
                keys.deleteEntry(aside);
            }
            keys.deleteEntry(alias);
            return there;
        } catch (GeneralSecurityException | OperatorCreationException | ProviderException e) {
            throw new Failure(ExitCode.FAILED, "TOKEN_LEFTOVER", alias, token.slot(), e.getMessage()).because(e);
        }
    }

    /** Whether two keys share the id, in which case Java gives out neither. */
    private static boolean isAmbiguous(KeyStore keys, String alias) throws GeneralSecurityException {
        try {
            keys.getKey(alias, null);
            return false;
        } catch (ProviderException e) {
            if (e.getCause() instanceof KeyStoreException) {
                return true;
            }
            throw e;
        }
    }

    // Of a key that is in no token: the entry must not be taken for one that is there.
    private static Certificate[] label() throws GeneralSecurityException, OperatorCreationException {
        Provider software = Security.getProvider("SunEC");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", software);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair other = generator.generateKeyPair();
        return new Certificate[] {TokenLabel.of(NAME, other.getPublic(), other.getPrivate(), software)};
    }
}
