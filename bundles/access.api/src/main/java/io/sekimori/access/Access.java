package io.sekimori.access;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signs people in and out. Every sign-in, granted or refused, is audited with the name and the address.
 *
 * <p>Thread-safe. Sessions and counted failures outlive a restart and a swap of the provider.
 */
@ProviderType
public interface Access {

    /**
     * Checks a password. Takes about the same time whether or not the name exists. Failures are counted for the name
     * and for the address, and both wait longer after each.
     *
     * @param name as typed; need not be well formed
     * @param password as typed; the caller wipes it
     * @param from the address it came from, such as {@code 192.0.2.7}
     * @throws AccessException if it could not be checked or audited; nobody is then signed in
     */
    SignIn signIn(String name, char[] password, Session.Kind kind, String from) throws AccessException;

    /**
     * The session a token proves, which counts as used by this. Empty if there is none, it ended, or its person may no
     * longer sign in.
     */
    Optional<Session> session(SessionToken token) throws AccessException;

    /**
     * As {@link #session}, but does not count as used: for who asks on behalf of a listener, who may have left the page
     * open and gone.
     */
    Optional<Session> look(SessionToken token) throws AccessException;

    /** Ends a session; does nothing if it ended before. */
    void signOut(SessionToken token, String from) throws AccessException;

    /**
     * Changes the password of the session's person and ends all their other sessions.
     *
     * @param current the password of before; failures count as in {@link #signIn}
     * @param next the new one; both are wiped by the caller
     */
    PasswordChange changePassword(SessionToken token, char[] current, char[] next, String from) throws AccessException;

    /** The sessions of one person that have not ended, newest first. */
    List<Session> sessions(String person) throws AccessException;
}
