package io.sekimori.web.jetty;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.web.Accepts;
import io.sekimori.web.Caller;
import io.sekimori.web.Fields;
import io.sekimori.web.Peer;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A caller who may use the route that was found, with what the address says. */
record Admitted(Table.Match match, Caller caller, List<X509Certificate> chain, Map<String, List<String>> query) {

    /**
     * Whether a body comes; refuses one of another kind, or one that says it is too long.
     *
     * @param length as the request says; below zero if it does not
     */
    boolean hasBody(long length, Map<String, String> headers) throws WebException {
        Accepts accepts = match.route().accepts();
        if (length > accepts.maxBytes()) {
            throw refused(413, WebCode.BODY_TOO_LARGE, "at most " + accepts.maxBytes() + " bytes are taken");
        }
        if (accepts.mediaType().isEmpty()) {
            if (length != 0 && headers.containsKey("transfer-encoding")) {
                throw refused(413, WebCode.BODY_TOO_LARGE, "no body is taken");
            }
            return false;
        }
        String type = headers.getOrDefault("content-type", "");
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals(accepts.mediaType()) || headers.containsKey("content-encoding")) {
            throw refused(415, WebCode.MEDIA_TYPE_UNSUPPORTED, accepts.mediaType() + " is taken, as it is");
        }
        return true;
    }

    /** What the resource is given. */
    Request request(BoundedBody body, Map<String, String> headers, String address, Locale language)
            throws WebException, IOException {
        Accepts accepts = match.route().accepts();
        boolean json = accepts.mediaType().equals(Accepts.JSON);
        return new Request(
                match.route(),
                match.path(),
                query,
                headers,
                new Peer(caller, address, chain),
                language,
                json ? InputStream.nullInputStream() : body,
                json ? json(body, accepts) : new Fields(Map.of()));
    }

    private static Fields json(InputStream body, Accepts accepts) throws WebException, IOException {
        byte[] bytes = body.readAllBytes();
        try {
            return new Fields(JsonObject.parse(bytes, (int) Math.min(accepts.maxBytes(), Integer.MAX_VALUE))
                    .asMap());
        } catch (MalformedJson e) {
            throw refused(400, WebCode.BODY_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static WebException refused(int status, WebCode code, String detail) {
        return new WebException(new Problem(status, code, detail));
    }
}
