package io.sekimori.web;

/** Who may use a route. Stable names: add, never rename. */
public enum Permission {
    /** Everybody, signed in or not. For signing in, enrolment and the files of the sign-in page. */
    ANYONE,
    /** A gateway, by the certificate of the connection. */
    GATEWAY,
    /** Whoever is signed in, also with a password that must be changed first. */
    SESSION,
    /** People of any role. */
    VIEW,
    /** Operators and administrators. */
    OPERATE,
    /** Release managers and administrators. */
    RELEASE,
    /** Administrators. */
    ADMINISTER
}
