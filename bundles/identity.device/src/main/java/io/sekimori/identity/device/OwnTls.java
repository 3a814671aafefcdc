package io.sekimori.identity.device;

import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What shows this gateway's certificate to its console, by a key that never leaves its service: one context for as long as the
 * certificate is the same. Thread-safe.
 */
final class OwnTls {

    private final IdentityFolder folder;
    private final Supplier<Optional<Keys>> keys;
    private final Clock clock;
    private final Runnable overAnother;
    private volatile @Nullable Made made;

    /** A context, for as long as the certificate is the same. */
    private record Made(Enrolled enrolled, List<X509Certificate> anchors, SSLContext context) {}

    /**
     * Of who is kept in that folder.
     *
     * @param overAnother told when a peer answered over another issuing CA than ours
     */
    OwnTls(IdentityFolder folder, Supplier<Optional<Keys>> keys, Clock clock, Runnable overAnother) {
        this.folder = folder;
        this.keys = keys;
        this.clock = clock;
        this.overAnother = overAnother;
    }

    /** Empty if this gateway is not enrolled. */
    Optional<SSLContext> context() throws IdentityException {
        Optional<Kept> kept = folder.kept();
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(context(kept.get().enrolled()));
    }

    /** What shows it to that console; empty if it has none there, or no key at this moment. */
    Optional<SSLContext> at(URI console) {
        try {
            Optional<Enrolled> enrolled = folder.kept().map(Kept::enrolled);
            return enrolled.isPresent() && enrolled.get().console().equals(console)
                    ? Optional.of(context(enrolled.get()))
                    : Optional.empty();
        } catch (IdentityException e) {
            return Optional.empty(); // the health check says why
        }
    }

    private SSLContext context(Enrolled enrolled) throws IdentityException {
        List<X509Certificate> anchors = folder.issuers().anchors(enrolled);
        Made current = made; // read once: another thread may set it
        if (current != null
                && current.enrolled().equals(enrolled)
                && current.anchors().equals(anchors)) {
            if (Peers.overAnother(current.context(), current.enrolled(), current.anchors())) {
                overAnother.run();
            }
            return current.context();
        }
        Keys present = keys.get()
                .orElseThrow(() ->
                        new IdentityException(IdentityCode.KEY_REFUSED, "no service that keeps keys is there", null));
        try {
            SSLContext context = present.tls(Keys.DEVICE, enrolled.chain(), anchors, clock);
            made = new Made(enrolled, anchors, context);
            return context;
        } catch (KeyException e) {
            throw new IdentityException(IdentityCode.KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
