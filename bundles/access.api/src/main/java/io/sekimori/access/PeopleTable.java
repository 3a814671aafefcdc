package io.sekimori.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** What a {@link PeopleStore} holds, within one transaction. Confined to it. */
@ConsumerType
public interface PeopleTable {

    /** The person of that name. */
    Optional<KeptPerson> person(String name) throws AccessException;

    /** People in the order of their names, behind {@code after}, at most {@code limit}. */
    List<KeptPerson> people(String after, int limit) throws AccessException;

    /** Keeps {@code person} in place of the one of that name, if there is one. */
    void put(KeptPerson person) throws AccessException;

    /** Forgets a person. */
    void removePerson(String name) throws AccessException;

    /** The session whose token has that SHA-256 in hex. */
    Optional<KeptSession> session(String tokenHash) throws AccessException;

    /** The sessions of one person. */
    List<KeptSession> sessions(String person) throws AccessException;

    /** Keeps {@code session} in place of the one with that token hash, if there is one. */
    void put(KeptSession session) throws AccessException;

    /** Forgets a session. */
    void removeSession(String tokenHash) throws AccessException;

    /** Forgets the sessions that ended before {@code then}. */
    void removeSessionsEndedBefore(Instant then) throws AccessException;

    /** The failures counted for {@code key}; {@link Failures#NONE} if there are none. */
    Failures failures(String key) throws AccessException;

    /** Keeps the failures of {@code key}; {@link Failures#NONE} forgets them. */
    void put(String key, Failures failures) throws AccessException;

    /** Forgets failures the last of which was before {@code then}. */
    void removeFailuresBefore(Instant then) throws AccessException;
}
