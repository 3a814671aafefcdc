package io.sekimori.identity.device;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.durable.VersionLock;
import io.sekimori.identity.EnrolAnswer.Refused;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/**
 * One renewal of the gateway's certificate, from the question to the file on disk. The key is kept. The certificate in
 * use stays in use until the console has let the gateway in with the new one; whatever interrupts it, the gateway has one
 * of the two, and goes on where it was.
 *
 * <p>Thread-safe; one runs at a time, and none beside an enrolment.
 */
final class Renewing {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final String ACTION = "identity.renew";
    private static final int MAX_ANSWER_BYTES = 4 << 10;

    private final IdentityFolder folder;
    private final Tools tools;
    private final Supplier<RenewalSettings> settings;
    private final Clock clock;
    private final Logger log;
    private final IssuerNews news;

    Renewing(IdentityFolder folder, Tools tools, Supplier<RenewalSettings> settings, Clock clock, Logger log) {
        this.folder = folder;
        this.tools = tools;
        this.settings = settings;
        this.clock = clock;
        this.log = log;
        this.news = new IssuerNews(folder.issuers(), tools, clock, System::nanoTime, log);
    }

    /** Which issuing CAs are revoked. */
    IssuerNews news() {
        return news;
    }

    /** Renews if it is time; empty if nothing is left to do, else why it is to be tried again. */
    Optional<Refused> attempt(String actor) {
        return attempt(actor, false);
    }

    /** Renews whether it is time or not; empty if the new certificate is in use. */
    Optional<Refused> atOnce(String actor) {
        return attempt(actor, true);
    }

    private Optional<Refused> attempt(String actor, boolean atOnce) {
        try {
            Optional<Kept> before = folder.kept();
            if (before.isEmpty()) {
                return atOnce
                        ? Optional.of(new Refused(IdentityCode.NOT_ENROLLED, "there is no certificate"))
                        : Optional.empty();
            }
            // Before the lock is taken, since the console may be away.
            Optional<IssuerNews.Sent> sent = news.ask(before.get().enrolled(), atOnce);
            Optional<VersionLock> lock = folder.lock();
            if (lock.isEmpty()) {
                return Optional.of(new Refused(IdentityCode.ENROLMENT_RUNNING, "an enrolment is under way"));
            }
            try {
                Optional<Kept> now = folder.kept();
                if (now.isEmpty()) {
                    return Optional.empty();
                }
                news.keep(sent, now.get().enrolled(), actor);
                return attempt(now.get(), actor, atOnce);
            } finally {
                lock.get().release();
            }
        } catch (NotEnrolled e) {
            return Optional.of(new Refused(e.code(), e.detail()));
        } catch (IdentityException e) {
            return Optional.of(new Refused(e.code(), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Optional.of(new Refused(IdentityCode.IDENTITY_UNWRITABLE, String.valueOf(e.getMessage())));
        }
    }

    private Optional<Refused> attempt(Kept now, String actor, boolean atOnce) throws IOException, IdentityException {
        boolean revoked = folder.issuers().refuses(now.enrolled().chain(), now.enrolled());
        Optional<Kept> waiting = folder.renewed();
        if (waiting.isPresent()
                && (!follows(waiting.get().enrolled(), now.enrolled())
                        || folder.issuers().refuses(waiting.get().enrolled().chain(), now.enrolled()))) {
            // It was adopted before a power cut, or the gateway was enrolled elsewhere since, or its issuing CA
            // revoked.
            folder.dropRenewed();
            waiting = Optional.empty();
        }
        boolean due =
                atOnce || revoked || !clock.instant().isBefore(settings.get().due(own(now.enrolled())));
        if (waiting.isEmpty() && !due) {
            return Optional.empty();
        }
        Trace trace = new Trace(tools, ACTION, now.enrolled().id(), actor, log);
        try {
            trace.allow();
            Kept next = waiting.isPresent() ? waiting.get() : asked(now);
            prove(next.enrolled());
            folder.adopt(next);
            trace.tell(Verdict.DONE, "");
            tools.tell(next.enrolled());
            return Optional.empty();
        } catch (NotEnrolled e) {
            if (e.code() != IdentityCode.CONSOLE_UNREACHABLE) {
                // Asked again, the console gives the same one, as long as nobody has used it.
                folder.dropRenewed();
            }
            trace.tell(Verdict.REFUSED, e.code().name());
            return Optional.of(new Refused(e.code(), e.detail()));
        }
    }

    /** A new certificate, checked and kept beside the one in use. */
    private Kept asked(Kept now) throws NotEnrolled, IOException {
        Enrolled old = now.enrolled();
        DeviceKey key = DeviceKey.of(tools);
        Exchange console = exchange(old, key);
        List<X509Certificate> sent = console.caCertificates();
        X509Certificate anchor = IssuedChain.anchor(
                sent, Sha256.hex(old.anchors().get(0).getPublicKey().getEncoded()));
        // RFC 7030 4.2.2: the subject is that of the certificate which is renewed.
        List<X509Certificate> issued =
                console.certify("simplereenroll", key.request(own(old).getSubjectX500Principal()));
        List<X509Certificate> chain = IssuedChain.of(issued, sent, anchor, old.id(), key.key(), clock.instant());
        requireUnrevoked(chain, old);
        if (!isNext(chain.get(0), own(old))) {
            throw new NotEnrolled(IdentityCode.CERTIFICATE_FOREIGN, "it is not newer than the one there is", null);
        }
        Kept next = new Kept(
                new Enrolled(old.id(), old.account(), chain, List.of(anchor), old.console(), old.broker()),
                now.activation());
        folder.keepRenewed(next);
        return next;
    }

    /** A contact made with the new certificate, in which the console names it. */
    private void prove(Enrolled next) throws NotEnrolled {
        Exchange console = exchange(next, DeviceKey.of(tools));
        byte[] answer = console.ask(console.at("/gateway/v1/certificate").GET().build());
        try {
            String seen = JsonObject.parse(answer, MAX_ANSWER_BYTES).string("certificate");
            if (!seen.equals(own(next).getSerialNumber().toString(16))) {
                throw new NotEnrolled(IdentityCode.ANSWER_MALFORMED, "the console saw another certificate", null);
            }
        } catch (MalformedJson e) {
            throw new NotEnrolled(IdentityCode.ANSWER_MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private Exchange exchange(Enrolled who, DeviceKey key) throws NotEnrolled {
        try {
            return new Exchange(
                    who.console(),
                    key.tls(who.chain(), folder.issuers().anchors(who), clock),
                    PATIENCE,
                    tools.proxy(),
                    Optional::empty);
        } catch (IdentityException e) {
            throw new NotEnrolled(e.code(), String.valueOf(e.getMessage()), e);
        }
    }

    private void requireUnrevoked(List<X509Certificate> chain, Enrolled who) throws NotEnrolled {
        try {
            if (folder.issuers().refuses(chain, who)) {
                throw new NotEnrolled(IdentityCode.CERTIFICATE_FOREIGN, "the root has revoked its issuing CA", null);
            }
        } catch (IdentityException e) {
            throw new NotEnrolled(e.code(), String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean follows(Enrolled next, Enrolled now) {
        return next.id().equals(now.id())
                && next.account().equals(now.account())
                && next.console().equals(now.console())
                && own(next).getPublicKey().equals(own(now).getPublicKey())
                && isNext(own(next), own(now));
    }

    private static boolean isNext(X509Certificate next, X509Certificate now) {
        // Another issuing CA may give out shorter ones.
        return !next.equals(now)
                && (!next.getIssuerX500Principal().equals(now.getIssuerX500Principal())
                        || !next.getNotAfter().before(now.getNotAfter()));
    }

    private static X509Certificate own(Enrolled who) {
        return who.chain().get(0);
    }
}
