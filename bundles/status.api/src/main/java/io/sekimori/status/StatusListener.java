package io.sekimori.status;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears each signed status: on a change, and in intervals. Register an implementation as a service. */
@ConsumerType
@FunctionalInterface
public interface StatusListener {

    /**
     * Called on the status's own thread; must be quick, and keep what it needs. What it throws is logged.
     *
     * @param signed as {@link StatusService#signed} answers it; a copy of its own
     */
    void reported(byte[] signed);
}
