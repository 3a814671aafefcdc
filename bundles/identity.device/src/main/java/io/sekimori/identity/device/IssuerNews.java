package io.sekimori.identity.device;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.osgi.service.log.Logger;

/**
 * Asks the console which of its issuing CAs the root has revoked: once an hour, and soon when another one was seen. Nothing is sent along,
 * and who answers is believed as far as the root signed it. A console that cannot be reached says nothing new. Thread-safe.
 */
final class IssuerNews {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RHYTHM = Duration.ofMinutes(59);
    private static final Duration LEAST_PAUSE = Duration.ofMinutes(4);

    private final KnownIssuers known;
    private final Tools tools;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Logger log;
    private long asked;
    private boolean never = true;
    private boolean hinted;

    /** What a console sent: its issuing CA and root, and lists of what is revoked. */
    record Sent(List<X509Certificate> certificates, Collection<X509CRL> lists) {}

    IssuerNews(KnownIssuers known, Tools tools, Clock clock, LongSupplier nanos, Logger log) {
        this.known = known;
        this.tools = tools;
        this.clock = clock;
        this.nanos = nanos;
        this.log = log;
    }

    /** Somebody answered over another issuing CA; answers whether it is time to ask. */
    synchronized boolean hint() {
        hinted = never || nanos.getAsLong() - asked > LEAST_PAUSE.toNanos();
        return hinted;
    }

    private synchronized boolean due(boolean atOnce) {
        boolean due = atOnce || hinted || never || nanos.getAsLong() - asked > RHYTHM.toNanos();
        if (due) {
            asked = nanos.getAsLong();
            never = false;
            hinted = false;
        }
        return due;
    }

    /** What the console says, if it is time to ask and it answers. */
    Optional<Sent> ask(Enrolled who, boolean atOnce) {
        if (!due(atOnce)) {
            return Optional.empty();
        }
        String pin = Sha256.hex(who.anchors().get(0).getPublicKey().getEncoded());
        PinnedTrust trust = new PinnedTrust(pin, clock).refusing(chain -> isRefused(chain, who));
        try {
            byte[] answer =
                    new Exchange(who.console(), trust.context(), PATIENCE, tools.proxy(), trust::refusal).caAnswer();
            return Optional.of(new Sent(Exchange.certificates(answer), Exchange.lists(answer)));
        } catch (NotEnrolled e) {
            log.info("Whether an issuing CA was revoked is not known: {} {}", e.code(), e.detail());
            return Optional.empty();
        }
    }

    /** Mends what the disk damaged of what is known, then keeps what is new; the caller holds the folder's lock. */
    void keep(Optional<Sent> sent, Enrolled who, String actor) throws IdentityException, IOException, NotEnrolled {
        mend(who, actor);
        if (sent.isPresent()) {
            take(sent.get(), who, actor);
        }
    }

    private void take(Sent sent, Enrolled who, String actor) throws IdentityException, IOException, NotEnrolled {
        Optional<RootList> news = known.news(sent.certificates(), sent.lists(), who, clock.instant());
        if (news.isEmpty()) {
            return;
        }
        Trace trace = new Trace(tools, "identity.issuers", who.id(), actor, log);
        trace.allow();
        known.take(news.get(), sent.certificates(), who, clock.instant());
        trace.tell(Verdict.DONE, "");
        log.warn(
                "The root of the console has revoked an issuing CA; who shows a certificate of it is refused from now on");
        tools.tell(who); // those who hold connections
        mend(who, actor);
    }

    // A copy that cannot be written keeps nobody from hearing news and from a new certificate: the other one counts.
    private void mend(Enrolled who, String actor) throws IdentityException {
        try {
            List<String> lost = known.mend(who);
            if (!lost.isEmpty()) {
                // Waits for no audit: nothing is allowed by it that was not before.
                new Trace(tools, "identity.issuers.mend", who.id(), actor, log).tell(Verdict.DONE, "");
                log.warn(
                        "Which issuing CAs are revoked could not be read in {}; it is made again from what else is known",
                        lost);
            }
        } catch (IOException e) {
            log.warn("Which issuing CAs are revoked stands in one copy alone; the other cannot be written", e);
        }
    }

    private boolean isRefused(List<X509Certificate> chain, Enrolled who) {
        try {
            return known.refuses(chain, who);
        } catch (IdentityException e) {
            return true; // what cannot be read might say so
        }
    }
}
