package io.sekimori.web.jetty;

import io.sekimori.web.Problem;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.util.Map;
import java.util.Set;

/**
 * Refuses a change that another site may have caused in a person's browser: besides the cookie's SameSite, browsers say
 * where a request came from, and no other site can add a header of its own. Stateless.
 */
final class Origin {

    /** The header that only our own pages and programs send. */
    static final String OWN = "x-sekimori";

    private static final Set<String> SAME = Set.of("same-origin", "none");

    private Origin() {}

    /**
     * @param headers names in lower case
     * @param byCookie whether the caller is proved by a cookie
     */
    static void check(Map<String, String> headers, boolean byCookie) throws WebException {
        String own = "https://" + headers.getOrDefault("host", "");
        if (!headers.getOrDefault("origin", own).equalsIgnoreCase(own)) {
            throw refused("the origin is another one");
        }
        if (!SAME.contains(headers.getOrDefault("sec-fetch-site", "none"))) {
            throw refused("the browser says that another site asks");
        }
        if (byCookie && !headers.containsKey(OWN)) {
            throw refused("the header X-Sekimori is missing");
        }
    }

    private static WebException refused(String detail) {
        return new WebException(new Problem(403, WebCode.ORIGIN_REFUSED, detail));
    }
}
