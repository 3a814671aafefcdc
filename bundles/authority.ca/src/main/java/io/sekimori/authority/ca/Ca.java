package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/**
 * The console's CA: certificates from the folder, the key from the console's keys.
 *
 * @param issuing what signs
 * @param root whom gateways trust
 * @param issuer signs with the key as it is at that moment
 */
record Ca(X509Certificate issuing, X509Certificate root, Issuer issuer) {

    static Ca load(AuthorityFolder folder, Tools tools, Clock clock) throws AuthorityException {
        List<X509Certificate> ca = folder.ca();
        PublicKey certified = ca.get(0).getPublicKey();
        try {
            Keys keys = tools.keys();
            PublicKey kept = keys.publicKey(AuthorityFolder.ISSUING_KEY)
                    .orElseThrow(
                            () -> new KeyException(KeyCode.KEY_UNKNOWN, "no key " + AuthorityFolder.ISSUING_KEY, null))
                    .key();
            if (!kept.equals(certified)) {
                throw new KeyException(
                        KeyCode.CERTIFICATE_NOT_FOR_KEY,
                        "ca.pem is for another key " + AuthorityFolder.ISSUING_KEY,
                        null);
            }
        } catch (KeyException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
        SigningKey key = new SigningKey(certified, message -> sign(tools, message));
        return new Ca(ca.get(0), ca.get(1), Issuer.of(ca.get(0), key, clock));
    }

    private static byte[] sign(Tools tools, byte[] message) throws KeyException {
        try {
            return tools.keys().sign(AuthorityFolder.ISSUING_KEY, message);
        } catch (AuthorityException e) {
            throw new KeyException(KeyCode.KEYS_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
