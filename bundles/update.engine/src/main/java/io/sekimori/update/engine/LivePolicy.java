package io.sekimori.update.engine;

import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/** The policy in force, whatever comes as a configuration. Thread-safe: each answer is one immutable snapshot. */
final class LivePolicy implements Supplier<Policy> {

    private final Logger log;
    private volatile Policy now;

    LivePolicy(Policy.Config first, Logger log) {
        this.log = log;
        this.now = begun(first);
    }

    // There is no last good configuration yet. Without the engine nothing could be confirmed, nor brought by hand.
    private Policy begun(Policy.Config config) {
        try {
            return Policy.of(config);
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is refused, so nothing begins by itself: {}", Policy.PID, e.getMessage());
            return Policy.byHand(config);
        }
    }

    @Override
    public Policy get() {
        return now;
    }

    /** Takes a new configuration; one that makes no sense changes nothing but what it switches off. */
    void take(Policy.Config config) {
        try {
            now = Policy.of(config);
        } catch (IllegalArgumentException e) {
            // The last good configuration stays in force; without the engine nobody could bring a better one.
            log.error("The configuration {} is refused: {}", Policy.PID, e.getMessage());
            now = now.atMost(config);
        }
    }
}
