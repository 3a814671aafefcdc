package io.sekimori.web.jetty;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.web.Problem;
import io.sekimori.web.WebException;

/** How a caller hears that access control could not decide: not with its words, which name files. Stateless. */
final class Unavailable {

    private Unavailable() {}

    static WebException of(AccessException e) {
        // That others sign in at the same moment is nothing for the log.
        return e.code() == AccessCode.SIGN_IN_BUSY
                ? new WebException(new Problem(429, e.code(), "it was refused"))
                : new WebException(new Problem(503, e.code(), "the log says why"), e);
    }
}
