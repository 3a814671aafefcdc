package io.sekimori.authority.ca;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.durable.VersionLock;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.records.RecordsException;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.log.Logger;

/**
 * Replaces the issuing CA: this console makes the next key, whose private half stays here, the root's keeper certifies it and revokes the
 * one before, and this console takes what they signed. Whatever interrupts it, the console is before or after, and each step may be
 * taken again. Thread-safe.
 */
final class NextIssuer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SUBJECT = "issuing CA";

    private final Tools tools;
    private final Current current;
    private final AuthorityFolder folder;
    private final Clock clock;
    private final Logger log;

    /** The CA of the moment. */
    interface Current {
        Ca ca() throws AuthorityException;
    }

    /**
     * What is known of the issuing CA.
     *
     * @param waiting the key that waits for its certificate, if there is one
     * @param formerCertificates how many certificates of former issuing CAs still let a gateway in
     */
    record Facts(Issuers issuers, Optional<PublicKey> waiting, int formerCertificates) {}

    NextIssuer(Tools tools, Current current, AuthorityFolder folder, Clock clock, Logger log) {
        this.tools = tools;
        this.current = current;
        this.folder = folder;
        this.clock = clock;
        this.log = log;
    }

    Facts facts() throws AuthorityException {
        Ca ca = current.ca();
        int former = 0;
        if (!ca.issuers().former().isEmpty()) {
            try {
                former = tools.records()
                        .read(c -> new Register(c).valid(clock.instant(), ca.issuers()::madeBefore))
                        .size();
            } catch (RecordsException e) {
                throw Desk.failed(e);
            }
        }
        try {
            return new Facts(ca.issuers(), waiting(ca.issuers()).map(PublicKeyFacts::key), former);
        } catch (KeyException e) {
            throw refused(e);
        }
    }

    /** Makes the next key, unless one waits already, and what its certificate is asked for with. */
    synchronized byte[] request(String actor) throws AuthorityException {
        Issuers issuers = folder.issuers();
        Keys keys = tools.keys();
        try {
            Optional<PublicKeyFacts> waiting = waiting(issuers);
            Trace trace = new Trace(tools, log, actor, "authority.issuing.request", SUBJECT, Map.of());
            trace.allow();
            PublicKeyFacts key =
                    waiting.isPresent() ? waiting.get() : keys.create(freeName(keys), KeyAlgorithm.EC_P256, actor);
            SigningKey signing = new SigningKey(key.key(), message -> keys.sign(key.name(), message));
            byte[] request = IssuingRequest.of(signing, issuers);
            trace.with("key", fingerprint(key.key())).tell(Verdict.DONE, "");
            return request;
        } catch (KeyException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Has what the root's keeper signed be the issuing CA; the key before is destroyed. Again is no error. */
    synchronized Issuers take(byte[] text, String actor) throws AuthorityException {
        Trace trace = new Trace(tools, log, actor, "authority.issuing.import", SUBJECT, Map.of());
        try {
            Optional<VersionLock> lock = VersionLock.take(folder.path().resolve("issuers.lock"), PATIENCE);
            if (lock.isEmpty()) {
                throw new IOException("another version of the authority is at it");
            }
            try {
                Issuers next = judged(text, folder.issuers());
                Trace known = trace.with("key", fingerprint(next.issuing().getPublicKey()));
                known.allow();
                folder.replace(next);
                current.ca(); // it works, or this says why
                known.tell(Verdict.DONE, "");
                tools.revoked();
                destroyFormer(next, actor);
                return next;
            } finally {
                lock.get().release();
            }
        } catch (IOException e) {
            trace.tell(Verdict.FAILED, AuthorityCode.AUTHORITY_UNREADABLE.name());
            throw new AuthorityException(AuthorityCode.AUTHORITY_UNREADABLE, String.valueOf(e.getMessage()), e);
        } catch (AuthorityException e) {
            trace.tell(Verdict.REFUSED, e.code().name());
            throw e;
        }
    }

    private Issuers judged(byte[] text, Issuers now) throws AuthorityException {
        Issuers next;
        try {
            next = Issuers.parse(text);
            next.issuing().checkValidity(Date.from(clock.instant()));
            if (!next.follows(now)) {
                throw new GeneralSecurityException("it is not of this console's root, or older than what is there");
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) { // what a parser of others throws
            throw new AuthorityException(AuthorityCode.ISSUER_FOREIGN, String.valueOf(e.getMessage()), e);
        }
        try {
            if (Ca.name(tools.keys(), next.issuing().getPublicKey()).isEmpty()) {
                throw new AuthorityException(
                        AuthorityCode.ISSUER_KEY_UNKNOWN,
                        fingerprint(next.issuing().getPublicKey()),
                        null);
            }
        } catch (KeyException e) {
            throw refused(e);
        }
        return next;
    }

    // They were stolen, and sign for nobody any more. One that stays behind harms nobody here.
    private void destroyFormer(Issuers issuers, String actor) throws AuthorityException {
        Keys keys = tools.keys();
        for (X509Certificate each : issuers.former()) {
            try {
                Optional<String> name = Ca.name(keys, each.getPublicKey());
                if (name.isPresent()) {
                    keys.destroy(name.get(), actor, "the root revoked its certificate");
                }
            } catch (KeyException e) {
                log.error("The key of a former issuing CA is still there; import again", e);
            }
        }
    }

    /** The key that no certificate is for. */
    private Optional<PublicKeyFacts> waiting(Issuers issuers) throws AuthorityException, KeyException {
        return Ca.key(tools.keys(), key -> !isCertified(key, issuers));
    }

    private static boolean isCertified(PublicKey key, Issuers issuers) {
        return Stream.concat(Stream.of(issuers.issuing()), issuers.former().stream())
                .anyMatch(each -> each.getPublicKey().equals(key));
    }

    private static String freeName(Keys keys) throws KeyException {
        List<String> names = keys.names();
        int number = 2;
        while (names.contains(AuthorityFolder.ISSUING_KEY + "-" + number)) {
            number++;
        }
        return AuthorityFolder.ISSUING_KEY + "-" + number;
    }

    /** By what people compare a key: SHA-256 of its public half. */
    static String fingerprint(PublicKey key) {
        return Sha256.hex(key.getEncoded());
    }

    private static AuthorityException refused(KeyException e) {
        return new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
    }
}
