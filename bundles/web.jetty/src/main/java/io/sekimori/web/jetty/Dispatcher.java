package io.sekimori.web.jetty;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Fields;
import io.sekimori.web.Peer;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Takes each request through the same steps: address, route, caller, parameters, body, resource, answer. Whatever goes
 * wrong on the way is answered as a problem. Thread-safe.
 */
final class Dispatcher extends Handler.Abstract {

    private final Parts parts;
    private final Doorkeeper doorkeeper;
    private final Answers answers;
    private final Logger log;

    Dispatcher(Parts parts, Answers answers, Logger log) {
        this.parts = parts;
        this.doorkeeper = new Doorkeeper(parts);
        this.answers = answers;
        this.log = log;
    }

    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        Map<String, String> headers = headers(request);
        Locale language = Languages.of(headers.getOrDefault("accept-language", ""));
        SafeHeaders.put(response.getHeaders());
        Response answer;
        try {
            answer = answer(request, headers, language);
        } catch (WebException e) {
            if (e.getCause() != null) {
                log.warn("{} {} was refused", request.getMethod(), e.problem().code(), e);
            }
            answer = refusal(e.problem());
        } catch (BoundedBody.TooLarge e) {
            answer = refusal(new Problem(413, WebCode.BODY_TOO_LARGE, String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException e) {
            // The boundary of a request: whatever a resource did not think of is told without its details.
            log.error("{} {} failed", request.getMethod(), request.getHttpURI().getCanonicalPath(), e);
            answer = refusal(new Problem(500, WebCode.FAILED, "it was tried and failed"));
        }
        if (!request.consumeAvailable()) {
            // What is left of the body is not waited for; the caller must know not to use the connection again.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        answers.send(answer, request, response, callback, language, () -> mayGoOn(request, headers));
        return true;
    }

    /** Whether the caller may still use the route, which may have another owner by now. */
    private boolean mayGoOn(org.eclipse.jetty.server.Request request, Map<String, String> headers) {
        try {
            Table.Match match = match(
                    parts.table(),
                    request.getMethod(),
                    Address.segments(String.valueOf(request.getHttpURI().getPath())));
            return match != null && doorkeeper.mayGoOn(match.route(), headers, certificates(request));
        } catch (WebException e) {
            return false;
        }
    }

    private Response answer(org.eclipse.jetty.server.Request request, Map<String, String> headers, Locale language)
            throws WebException, IOException {
        List<String> segments =
                Address.segments(String.valueOf(request.getHttpURI().getPath()));
        Table table = parts.table();
        Table.Match match = match(table, request.getMethod(), segments);
        if (match == null) {
            String allowed = table.allowed(segments);
            return allowed.isEmpty()
                    ? refusal(new Problem(404, WebCode.NOT_FOUND, "there is nothing here"))
                    : refusal(new Problem(405, WebCode.METHOD_NOT_ALLOWED, "allowed is " + allowed))
                            .with("Allow", allowed);
        }
        Route route = match.route();
        List<X509Certificate> chain = certificates(request);
        Caller caller = doorkeeper.admit(route, headers, chain);
        String query = request.getHttpURI().getQuery();
        Map<String, List<String>> values = Address.query(query == null ? "" : query, route);
        InputStream body = body(request, route.accepts(), headers);
        boolean json = route.accepts().mediaType().equals(Accepts.JSON);
        return match.resource()
                .handle(new Request(
                        route,
                        match.path(),
                        values,
                        headers,
                        new Peer(caller, org.eclipse.jetty.server.Request.getRemoteAddr(request), chain),
                        language,
                        json ? InputStream.nullInputStream() : body,
                        json ? json(body, route.accepts()) : new Fields(Map.of())));
    }

    private static Table.@Nullable Match match(Table table, String method, List<String> segments) {
        String asked = method.equals("HEAD") ? "GET" : method;
        for (Route.Method known : Route.Method.values()) {
            if (known.name().equals(asked)) {
                return table.find(known, segments).orElse(null);
            }
        }
        return null;
    }

    private static InputStream body(
            org.eclipse.jetty.server.Request request, Accepts accepts, Map<String, String> headers)
            throws WebException {
        if (request.getLength() > accepts.maxBytes()) {
            throw refused(413, WebCode.BODY_TOO_LARGE, "at most " + accepts.maxBytes() + " bytes are taken");
        }
        boolean none = request.getLength() == 0;
        if (accepts.mediaType().isEmpty()) {
            if (!none && headers.containsKey("transfer-encoding")) {
                throw refused(413, WebCode.BODY_TOO_LARGE, "no body is taken");
            }
            return InputStream.nullInputStream();
        }
        String type = headers.getOrDefault("content-type", "");
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals(accepts.mediaType()) || headers.containsKey("content-encoding")) {
            throw refused(415, WebCode.MEDIA_TYPE_UNSUPPORTED, accepts.mediaType() + " is taken, as it is");
        }
        return new BoundedBody(Content.Source.asInputStream(request), accepts.maxBytes());
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

    /** Names in lower case; several of one name are joined, as they may be (RFC 9110, 5.3), cookies by their own sign. */
    private static Map<String, String> headers(org.eclipse.jetty.server.Request request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String name = field.getLowerCaseName();
            String separator = name.equals("cookie") ? "; " : ", ";
            String value = field.getValue() == null ? "" : field.getValue();
            headers.merge(name, value, (before, more) -> before + separator + more);
        }
        return headers;
    }

    private static List<X509Certificate> certificates(org.eclipse.jetty.server.Request request) {
        if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData tls) {
            X509Certificate[] chain = tls.peerCertificates();
            return chain == null ? List.of() : List.of(chain);
        }
        return List.of();
    }

    private static Response refusal(Problem problem) {
        return Response.of(problem.status(), new Body.Refused(problem));
    }

    private static WebException refused(int status, WebCode code, String detail) {
        return new WebException(new Problem(status, code, detail));
    }
}
