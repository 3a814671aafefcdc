package io.sekimori.delivery;

import io.sekimori.identity.Enrolled;
import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.Identity;
import io.sekimori.identity.IdentityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The console this gateway belongs to, kept as it was last spoken to so that TLS sessions are resumed. Thread-safe. */
final class ConsoleReach {

    private final Surroundings around;
    private volatile @Nullable Reached reached;

    private record Reached(Enrolled enrolled, SSLContext tls, Optional<HttpProxy> proxy, ConsoleFiles files) {

        boolean by(Enrolled now, SSLContext context, Optional<HttpProxy> through) {
            return enrolled.equals(now) && tls.equals(context) && proxy.equals(through);
        }
    }

    ConsoleReach(Surroundings around) {
        this.around = around;
    }

    /** What the console hands out; empty if this gateway is not enrolled. */
    Optional<ConsoleFiles> files() throws IdentityException {
        Optional<Identity> identity = around.identity();
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        Optional<Enrolled> enrolled = identity.get().enrolled();
        Optional<SSLContext> tls = identity.get().tls();
        if (enrolled.isEmpty() || tls.isEmpty()) {
            return Optional.empty();
        }
        Optional<HttpProxy> proxy = identity.get().proxy();
        Reached known = reached;
        if (known == null || !known.by(enrolled.get(), tls.get(), proxy)) {
            ConsoleFiles files = new ConsoleFiles(enrolled.get().console(), tls.get(), proxy);
            known = new Reached(enrolled.get(), tls.get(), proxy, files);
            reached = known;
        }
        return Optional.of(known.files());
    }
}
