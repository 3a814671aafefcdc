package io.sekimori.releases.repository;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often who asks is answered, each gateway that is proved and each address of others: twenty times a second, and a thousand times at once for a site whose
 * gateways were switched on together behind one address. Remembers a bounded number of peers, in memory. Thread-safe.
 */
final class PeerAllowance {

    private static final int MOST_PEERS = 10_000;
    private static final long EACH = Duration.ofSeconds(1).toNanos() / 20;
    private static final long SAVED = 1_000 * EACH;

    private final LongSupplier nanos;

    /** Until when each peer has spent, by the time since the machine started. */
    private final Map<String, Long> spent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_PEERS;
        }
    };

    PeerAllowance(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Takes one answer from what this peer has left.
     *
     * @param peer the id of a gateway that is proved, or as {@link io.sekimori.web.Peer#network()}, which no id looks like
     * @return how long it has to wait before there is one; zero if there was
     */
    synchronized Duration pause(String peer) {
        long now = nanos.getAsLong();
        long ahead = Math.max(spent.getOrDefault(peer, now) - now, 0) + EACH;
        if (ahead > SAVED) {
            return Duration.ofNanos(ahead - SAVED);
        }
        spent.put(peer, now + ahead);
        return Duration.ZERO;
    }
}
