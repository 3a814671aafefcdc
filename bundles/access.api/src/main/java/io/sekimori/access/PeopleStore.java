package io.sekimori.access;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps people, sessions and counted failures durably. Holds no rule: what may be is decided by {@link Access} and
 * {@link People}, in one transaction each.
 *
 * <p>Thread-safe.
 */
@ConsumerType
public interface PeopleStore {

    /**
     * One transaction.
     *
     * @param <T> what it finds
     */
    @FunctionalInterface
    interface Deed<T> {

        /** Does it; may be called again when another transaction was in the way. */
        T with(PeopleTable table) throws AccessException;
    }

    /**
     * Runs {@code deed} as if it were alone; what it put is on disk on return. An exception of it undoes it.
     *
     * @throws AccessException of the deed, or {@link AccessCode#ACCESS_STORE_FAILED}
     */
    <T> T change(Deed<T> deed) throws AccessException;

    /** As {@link #change}, for a deed that changes nothing. */
    <T> T look(Deed<T> deed) throws AccessException;
}
