package io.sekimori.web.jetty;

import io.sekimori.web.Caller;
import io.sekimori.web.Problem;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many bodies lie in memory at once, from their first byte until they are answered: a gateway may hold many connections,
 * and what it begins to send on each is kept, and becomes many times as much when it is read. Thread-safe.
 */
final class Bodies {

    /** A body of more is large. */
    static final int LARGE_BYTES = 64 << 10;

    /** How many one gateway may bring at once; it needs one. */
    static final int MOST_OF_A_GATEWAY = 4;

    /** How many large ones all may bring at once; each of them one. */
    static final int MOST_LARGE = 32;

    private static final long AGAIN_SECONDS = 5;

    private final Map<String, Integer> ofGateways = new ConcurrentHashMap<>();
    private final Set<String> bringLarge = ConcurrentHashMap.newKeySet();
    private final AtomicInteger large = new AtomicInteger();

    /** @throws WebException if they bring too many already */
    Place enter(Caller caller) throws WebException {
        Place place = new Place(caller);
        if (caller instanceof Caller.Gateway && ofGateways.merge(caller.actor(), 1, Integer::sum) > MOST_OF_A_GATEWAY) {
            place.leave();
            throw busy();
        }
        return place;
    }

    static WebException busy() {
        return new WebException(new Problem(
                429, WebCode.SERVER_BUSY, "too many bodies come at once", Map.of("retryAfterSeconds", AGAIN_SECONDS)));
    }

    /** One body. Only one thread at a time calls it. */
    final class Place {

        private final Caller caller;
        private final AtomicBoolean left = new AtomicBoolean();
        private boolean isLarge;

        private Place(Caller caller) {
            this.caller = caller;
        }

        /** Whether it may have so many bytes. */
        boolean mayGrow(long bytes) {
            if (isLarge || bytes <= LARGE_BYTES) {
                return true;
            }
            // Strangers have no name of their own.
            if (!(caller instanceof Caller.Anonymous) && !bringLarge.add(caller.actor())) {
                return false;
            }
            isLarge = true;
            return large.incrementAndGet() <= MOST_LARGE;
        }

        /** It lies in memory no more; again is no error. */
        void leave() {
            if (!left.compareAndSet(false, true)) {
                return;
            }
            if (isLarge) {
                bringLarge.remove(caller.actor());
                large.decrementAndGet();
            }
            if (caller instanceof Caller.Gateway) {
                ofGateways.computeIfPresent(caller.actor(), (actor, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
