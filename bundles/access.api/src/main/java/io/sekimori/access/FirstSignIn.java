package io.sekimori.access;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes the first person of a unit that has nobody: there is no default password, so whoever is first proves it by what
 * was handed out with the unit. Every try is audited with the address.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface FirstSignIn {

    /** What proves that somebody may be the first. */
    @ConsumerType
    @FunctionalInterface
    interface Proof {

        /**
         * Whether it is proved. Called at most once for a try, when the address may try at all and nobody is there.
         *
         * @throws AccessException if that cannot be told; then it is not
         */
        boolean holds() throws AccessException;
    }

    /** Whether nobody is there yet. */
    boolean isOpen() throws AccessException;

    /**
     * Makes an administrator with a password of their own, if nobody is there and {@code proof} holds. A proof that does
     * not hold counts as a failure of the address, as in {@link Access#signIn}; of many tries at once one succeeds at most.
     *
     * @param name as typed; need not be well formed
     * @param password as typed, the rules of every password hold; the caller wipes it
     * @param from the address it came from
     * @throws AccessException if it could not be checked, kept or audited; nobody was then made
     */
    FirstAnswer begin(String name, char[] password, Proof proof, String from) throws AccessException;
}
