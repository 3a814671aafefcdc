package io.sekimori.identity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells whether somebody holds the activation with which this gateway was enrolled or is about to be. It proves this to
 * people on site once; that a console has taken the code does not matter here, nor does its time.
 *
 * <p>Thread-safe. Only a hash of an activation that was used is kept: the code has 128 bits or more.
 */
@ProviderType
public interface ActivationProof {

    /** Whether there is an activation that still proves something. */
    boolean isOpen() throws IdentityException;

    /**
     * Whether {@code text} is such an activation. Compares as long for a wrong code as for a right one. The one that it is
     * stays known as held, durably, until {@link #spend}.
     *
     * @param text its code (capitals, blanks and hyphens do not matter), label or file, ASCII; longer than 16 KiB is wrong.
     *     Not kept; the caller wipes it
     */
    boolean holds(byte[] text) throws IdentityException;

    /**
     * From now on what was held proves nothing any more; others do, such as one that waits for a transfer. Does nothing if
     * none was held, so it may be called again after a power cut. Durable on return.
     */
    void spend() throws IdentityException;
}
