package io.sekimori.ports;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One look at what listens.
 *
 * @param at when
 * @param listeners sorted by transport, port and address; those that could be read
 * @param findings what is not as declared; empty only if everything could be read and is as declared
 */
public record Look(Instant at, List<Listener> listeners, List<PortFinding> findings) {

    /** Copies the lists. */
    public Look {
        Objects.requireNonNull(at, "at");
        listeners = List.copyOf(listeners);
        findings = List.copyOf(findings);
    }
}
