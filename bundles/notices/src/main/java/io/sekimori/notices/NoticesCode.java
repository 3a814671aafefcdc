package io.sekimori.notices;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * Why a notice did not arrive, or why something asked of notices was refused. Stable names: add, never rename. Advice for each
 * stands in the resource bundle {@code refusals} next to this class, keyed by the name.
 */
enum NoticesCode {
    /** The server is not reached, says nothing in time, or ends in the middle. */
    NOTICE_UNREACHED,
    /** Nobody vouches for the server, it has another name, or it offers no TLS. */
    NOTICE_UNTRUSTED,
    /** The server does not take it. */
    NOTICE_REFUSED,
    /** What answers is no mail server. */
    NOTICE_GARBLED,
    /** The file with the password or the secret cannot be used. */
    NOTICE_SECRET_UNUSABLE,
    /** Who was to be told is no longer configured. */
    NOTICE_RECIPIENT_GONE,
    /** Nobody is told in this way. */
    NOTICES_OFF,
    /** There is no such notice. */
    NOTICE_UNKNOWN,
    /** All to whom it went have it, or it is being sent. */
    NOTICE_NOT_OPEN,
    /** A test was sent in this way less than a minute ago. */
    NOTICE_TEST_TOO_SOON;

    /** What a person can do about a code that stands in the records; empty if a later version wrote it. */
    static Optional<String> advice(String code, Locale language) {
        return Arrays.stream(values())
                .filter(each -> each.name().equals(code))
                .findFirst()
                .map(each -> ResourceBundle.getBundle(
                                "io.sekimori.notices.refusals",
                                language,
                                NoticesCode.class.getClassLoader(),
                                // Else who asks for English gets the machine's language.
                                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                        .getString(each.name()));
    }
}
