package io.sekimori.update;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What time it is, as far as this unit can know. A unit without a clock battery wakes in 1970; whoever judges expiry goes by
 * this and not by the clock.
 *
 * <p>Thread-safe. Asks nobody, and costs a look at the attributes of a few files; they are read and their
 * signatures verified only after one of them has changed.
 */
@ProviderType
@FunctionalInterface
public interface TrustedTime {

    /** The time now, and whose word it is. */
    TimeReading now();
}
