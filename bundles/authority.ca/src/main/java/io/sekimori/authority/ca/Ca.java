package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The console's CA: certificates from the folder, the key from the console's keys.
 *
 * @param issuers what signs, whom gateways trust, and what signed before
 * @param issuer signs with the key as it is at that moment
 */
record Ca(Issuers issuers, Issuer issuer) {

    static Ca load(AuthorityFolder folder, Tools tools, Clock clock) throws AuthorityException {
        Issuers issuers = folder.issuers();
        PublicKey certified = issuers.issuing().getPublicKey();
        try {
            String name = name(tools.keys(), certified)
                    .orElseThrow(() -> new KeyException(
                            KeyCode.CERTIFICATE_NOT_FOR_KEY,
                            "ca.pem is for another key than each " + AuthorityFolder.ISSUING_KEY,
                            null));
            SigningKey key = new SigningKey(certified, message -> sign(tools, name, message));
            return new Ca(issuers, Issuer.of(issuers.issuing(), key, clock));
        } catch (KeyException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /** The name of the issuing key with this public half; empty if this console has none such. */
    static Optional<String> name(Keys keys, PublicKey wanted) throws KeyException {
        return key(keys, wanted::equals).map(PublicKeyFacts::name);
    }

    /** The first of this console's issuing keys whose public half is such; empty if there is none. */
    static Optional<PublicKeyFacts> key(Keys keys, Predicate<PublicKey> wanted) throws KeyException {
        for (String name : keys.names()) {
            Optional<PublicKeyFacts> key = AuthorityFolder.isIssuingKey(name) ? keys.publicKey(name) : Optional.empty();
            if (key.filter(facts -> wanted.test(facts.key())).isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    /** What signs. */
    X509Certificate issuing() {
        return issuers.issuing();
    }

    /** Whom gateways trust. */
    X509Certificate root() {
        return issuers.root();
    }

    private static byte[] sign(Tools tools, String name, byte[] message) throws KeyException {
        try {
            return tools.keys().sign(name, message);
        } catch (AuthorityException e) {
            throw new KeyException(KeyCode.KEYS_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
