package io.sekimori.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides who may sign in. Every change is audited before it is made.
 *
 * <p>Thread-safe. {@code actor} is who asks, as in the audit: {@code person:alice} or {@code local:root}.
 */
@ProviderType
public interface People {

    /** The person of that name. */
    Optional<Person> find(String name) throws AccessException;

    /**
     * People in the order of their names.
     *
     * @param after the name behind which to begin; empty for the first
     * @param limit at most this many, 1 to 1,000
     */
    List<Person> page(String after, int limit) throws AccessException;

    /** Adds a person with a one-time password. */
    PersonChange add(String name, Set<Role> roles, String actor) throws AccessException;

    /**
     * Gives a person other roles, or forbids or allows them to sign in. Forbidding ends their sessions.
     *
     * @param version the version the wish was made from
     */
    PersonChange change(String name, long version, Set<Role> roles, boolean disabled, String actor)
            throws AccessException;

    /** Gives a person a new one-time password, ends their sessions and forgets their failures. */
    PersonChange resetPassword(String name, String actor) throws AccessException;

    /** Removes a person and ends their sessions. */
    PersonChange remove(String name, long version, String actor) throws AccessException;

    /** Ends all sessions of a person and answers how many there were. */
    int endSessions(String name, String actor) throws AccessException;
}
