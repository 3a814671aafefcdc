package io.sekimori.access;

/**
 * Why somebody was not let in, or a wish about people was refused. Stable names: add, never rename. Advice for each
 * stands in the resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum AccessCode {
    /** There is no such name, or the password is another, or the person is disabled: it is not said which. */
    CREDENTIALS_WRONG,
    /** Too many failures; nothing is checked until some time has passed. */
    SIGN_IN_DELAYED,
    /** More people sign in at once than can be checked. */
    SIGN_IN_BUSY,
    /** A one-time password was not used in time. */
    ONE_TIME_PASSWORD_EXPIRED,
    /** The session ended or never was. */
    SESSION_ENDED,
    /** The new password has fewer than 12 characters. */
    PASSWORD_TOO_SHORT,
    /** The new password has more than 256 characters. */
    PASSWORD_TOO_LONG,
    /** The new password is one that everybody tries. */
    PASSWORD_COMMON,
    /** The new password contains the name. */
    PASSWORD_HOLDS_NAME,
    /** The new password is the one of before. */
    PASSWORD_UNCHANGED,
    /** Not the name of a person. */
    PERSON_NAME_MALFORMED,
    /** The name is taken. */
    PERSON_EXISTS,
    /** There is no such person. */
    PERSON_UNKNOWN,
    /** Somebody else changed the person meanwhile. */
    PERSON_CHANGED,
    /** A person has one role at least. */
    PERSON_WITHOUT_ROLE,
    /** Nobody could administer any more. */
    LAST_ADMINISTRATOR,
    /** No access control is installed, or its records are away. */
    ACCESS_ABSENT,
    /** The records of people could not be read or written. */
    ACCESS_STORE_FAILED,
    /** The audit could not record it, so it was refused. */
    ACCESS_AUDIT_REFUSED,
    /** The file of people is damaged, too large, or open to others. */
    PEOPLE_UNREADABLE,
    /** There are as many people as can be kept here. */
    PEOPLE_FULL,
    /** Somebody is there already, so nobody can be the first. */
    FIRST_PERSON_EXISTS,
    /** Nothing is known that could prove who may be the first. */
    NO_ACTIVATION,
    /** It is not the activation code of this unit, or it was used for this before. */
    ACTIVATION_CODE_WRONG
}
