package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.durable.DurableFile;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * The console's own keys and certificates, as server and as client of its broker: made when they are first needed, and
 * again before they end. Thread-safe.
 */
final class OwnTls {

    private static final Duration VALID_FOR = Duration.ofDays(397);
    private static final Duration RENEW_BEFORE = Duration.ofDays(60);

    private final AuthorityFolder folder;
    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** What a connection is made with, and the certificate that it is made of. */
    private record Held(X509Certificate certificate, SSLContext context) {}

    /** A server has names, a client has none. */
    record Purpose(String key, Profile profile) {

        boolean isServer() {
            return !profile.names().isEmpty();
        }
    }

    OwnTls(AuthorityFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** What to connect with now. */
    SSLContext context(Purpose purpose, Keys keys, Ca ca) throws AuthorityException {
        Held now = held.get(purpose.key());
        if (now != null && isGood(now.certificate(), purpose, ca)) {
            return now.context();
        }
        return make(purpose, keys, ca).context();
    }

    private synchronized Held make(Purpose purpose, Keys keys, Ca ca) throws AuthorityException {
        Held now = held.get(purpose.key());
        if (now != null && isGood(now.certificate(), purpose, ca)) {
            return now; // another thread was here
        }
        try {
            PublicKey key = key(purpose.key(), keys);
            X509Certificate certificate = certificate(purpose, key, ca);
            // A server sends the root along: a gateway that enrols knows it by the hash of its key alone.
            List<X509Certificate> chain = purpose.isServer()
                    ? List.of(certificate, ca.issuing(), ca.root())
                    : List.of(certificate, ca.issuing());
            // Who is not enrolled yet may come to a server. Whom a client comes to is of the issuing CA of now alone:
            // whoever stole the key of one before makes as many brokers as they like.
            X509Certificate anchor = purpose.isServer() ? ca.root() : ca.issuing();
            Held made = new Held(certificate, context(purpose, keys, chain, List.of(anchor)));
            held.put(purpose.key(), made);
            return made;
        } catch (KeyException | IOException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    // A gateway whose certificate has ended may come in to renew it; every other request of it is refused there.
    private static SSLContext context(
            Purpose purpose, Keys keys, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws KeyException {
        return purpose.isServer()
                ? keys.server(purpose.key(), chain, anchors)
                : keys.tls(purpose.key(), chain, anchors);
    }

    private X509Certificate certificate(Purpose purpose, PublicKey key, Ca ca) throws IOException, AuthorityException {
        Path file = folder.certificate(purpose.key());
        Optional<X509Certificate> kept =
                Files.exists(file) ? Pem.read(file).stream().findFirst() : Optional.empty();
        if (kept.isPresent() && kept.get().getPublicKey().equals(key) && isGood(kept.get(), purpose, ca)) {
            return kept.get();
        }
        X509Certificate made =
                ca.issuer().issue(Profile.subject(purpose.key(), "console"), key, VALID_FOR, purpose.profile());
        DurableFile.replace(file, Pem.of(List.of(made)));
        return made;
    }

    private boolean isGood(X509Certificate certificate, Purpose purpose, Ca ca) {
        return certificate.getIssuerX500Principal().equals(ca.issuing().getSubjectX500Principal())
                && certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEW_BEFORE))
                && (!purpose.isServer()
                        || Names.of(certificate)
                                .equals(Set.copyOf(purpose.profile().names())));
    }

    private static PublicKey key(String name, Keys keys) throws KeyException {
        if (keys.publicKey(name).isEmpty()) {
            try {
                return keys.create(name, KeyAlgorithm.EC_P256, AuthorityFolder.NAME)
                        .key();
            } catch (KeyException e) {
                if (e.code() != KeyCode.KEY_EXISTS) {
                    throw e;
                }
            }
        }
        return keys.publicKey(name)
                .orElseThrow(() -> new KeyException(KeyCode.KEY_UNKNOWN, "no key " + name, null))
                .key();
    }
}
