package io.sekimori.trust;

import java.time.Instant;
import java.util.Optional;

/** Compares expiry with the one time of an update (5.1), and keeps what was told instead of refused. Confined to one thread. */
final class Freshness {

    private final UpdateTime time;
    private final boolean waived;
    private Optional<Instant> staleSince = Optional.empty();

    Freshness(UpdateTime time, Carrier carrier) {
        this.time = time;
        this.waived = carrier instanceof Carrier.Medium;
    }

    /** For what no way excuses. */
    void require(Header header) throws TrustException {
        time.requireFresh(header);
    }

    /** For timestamp and snapshot, which only an online key can renew. */
    void requireWhereRenewed(Header header) throws TrustException {
        if (!waived) {
            time.requireFresh(header);
        } else if (!time.now().isBefore(header.expires())) {
            staleSince = Optional.of(staleSince
                    .filter(before -> before.isBefore(header.expires()))
                    .orElse(header.expires()));
        }
    }

    /** The earliest expiry that was passed over; empty if all was fresh. */
    Optional<Instant> staleSince() {
        return staleSince;
    }
}
