package io.sekimori.local;

import io.sekimori.identity.ActivationProof;
import io.sekimori.identity.IdentityException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.log.Logger;

/**
 * Marks the activation as used once somebody is there; it opens nothing any more, whether or not this succeeds now. Anybody
 * may look, so their looks try it at most once a minute, and the same failure has one line in an hour. Thread-safe.
 */
final class Spending {

    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long QUIET_NANOS = TimeUnit.HOURS.toNanos(1);

    private final LongSupplier nanos;
    private boolean tried;
    private long triedAt;
    private String told = "";
    private long toldAt;

    /** @param nanos a time that is never set */
    Spending(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Tries it, unless it was tried within the last minute. */
    void again(ActivationProof activation, Logger log) {
        if (begins(false)) {
            spend(activation, log);
        }
    }

    /** Tries it. */
    void now(ActivationProof activation, Logger log) {
        begins(true);
        spend(activation, log);
    }

    private synchronized boolean begins(boolean anyway) {
        long now = nanos.getAsLong();
        boolean begins = anyway || !tried || now - triedAt >= PAUSE_NANOS;
        if (begins) {
            tried = true;
            triedAt = now;
        }
        return begins;
    }

    private void spend(ActivationProof activation, Logger log) {
        try {
            activation.spend();
        } catch (IdentityException e) {
            if (isNews(e)) {
                log.warn("The activation is not marked as used yet; it is tried again", e);
            }
        }
    }

    private synchronized boolean isNews(IdentityException e) {
        String failure = e.code() + " " + e.getMessage();
        long now = nanos.getAsLong();
        boolean news = !failure.equals(told) || now - toldAt >= QUIET_NANOS;
        if (news) {
            told = failure;
            toldAt = now;
        }
        return news;
    }
}
