package io.sekimori.web.jetty;

import io.sekimori.access.SessionToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request shows to prove who it is.
 *
 * @param token the session's token
 * @param byCookie whether the browser added it by itself, so that another site may have caused the request
 */
record Credentials(SessionToken token, boolean byCookie) {

    /** The prefix keeps others on the same machine from setting it (RFC 6265bis, 4.1.3.2). */
    static final String COOKIE = "__Host-sekimori";

    private static final String BEARER = "Bearer ";

    /**
     * The credentials of a request; a header wins over a cookie, and two cookies of the name are none.
     *
     * @param headers names in lower case
     */
    static Optional<Credentials> of(Map<String, String> headers) {
        String authorization = headers.get("authorization");
        if (authorization != null) {
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? SessionToken.of(authorization.substring(BEARER.length()).strip())
                            .map(token -> new Credentials(token, false))
                    : Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (String pair : headers.getOrDefault("cookie", "").split(";")) {
            String cookie = pair.strip();
            if (cookie.startsWith(COOKIE + "=")) {
                values.add(cookie.substring(COOKIE.length() + 1));
            }
        }
        return values.size() == 1
                ? SessionToken.of(values.get(0)).map(token -> new Credentials(token, true))
                : Optional.empty();
    }

    /** The header that gives a browser its token. It ends with the browser, or with the session here. */
    static String cookie(SessionToken token) {
        return COOKIE + "=" + token.reveal() + "; Path=/; Secure; HttpOnly; SameSite=Strict";
    }

    /** The header that takes the token from a browser. */
    static String noCookie() {
        return COOKIE + "=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";
    }
}
