package io.sekimori.web.jetty;

import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Problem;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Takes each request through the same steps: address, route, caller, parameters, body, resource, answer. Whatever goes
 * wrong on the way is answered as a problem. Thread-safe.
 */
final class Dispatcher extends Handler.Abstract {

    /** Whoever may bring more than this to be read as it comes is trusted not to keep a thread waiting. */
    private static final long MOST_GATHERED = 2 << 20;

    /** What a caller may send on after the answer, so that they hear it. */
    private static final long MOST_THROWN_AWAY = 16 << 20;

    private final Parts parts;
    private final Doorkeeper doorkeeper;
    private final Answers answers;
    private final Faults faults;
    private final PacedBody.Pace pace;
    private final Incoming.Bounds afterTheAnswer;
    private final Bodies bodies = new Bodies();

    Dispatcher(Parts parts, Answers answers, Faults faults, Settings settings) {
        this.parts = parts;
        this.doorkeeper = new Doorkeeper(parts);
        this.answers = answers;
        this.faults = faults;
        this.pace = settings.pace();
        this.afterTheAnswer = new Incoming.Bounds(MOST_THROWN_AWAY, settings.firstRequest());
    }

    @Override
    public boolean handle(Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        Map<String, String> headers = headers(request);
        SafeHeaders.put(response.getHeaders());
        PacedBody.Clockwork clockwork =
                new PacedBody.Clockwork(request.getComponents().getScheduler(), System::nanoTime);
        Incoming incoming = new Incoming(request, afterTheAnswer, clockwork, late -> expire(request, late));
        Exchange exchange = new Exchange(
                request, incoming, response, callback, headers, answers, () -> mayGoOn(request, headers), faults);
        try {
            begin(request, new PacedBody(incoming, pace, clockwork, late -> expire(request, late)), headers, exchange);
        } catch (WebException e) {
            exchange.refuse(e);
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
        return true;
    }

    private void begin(Request request, PacedBody body, Map<String, String> headers, Exchange exchange)
            throws WebException {
        List<String> segments =
                Address.segments(String.valueOf(request.getHttpURI().getPath()));
        Table table = parts.table();
        Table.Match match = match(table, request.getMethod(), segments);
        if (match == null) {
            exchange.send(nowhere(table.allowed(segments)));
            return;
        }
        Route route = match.route();
        List<X509Certificate> chain = certificates(request);
        Caller caller = doorkeeper.admit(route, headers, chain);
        String query = request.getHttpURI().getQuery();
        Admitted admitted = new Admitted(match, caller, chain, Address.query(query == null ? "" : query, route));
        if (!admitted.hasBody(request.getLength(), headers)) {
            exchange.answer(admitted, InputStream.nullInputStream(), () -> {});
        } else if (!isGathered(route.accepts())) {
            exchange.answer(admitted, Content.Source.asInputStream(body), () -> {});
        } else {
            Bodies.Place place = bodies.enter(caller);
            new GatheredBody(
                            body,
                            route.accepts().maxBytes(),
                            place,
                            whole -> exchange.answer(admitted, whole, place::leave),
                            exchange::ungathered)
                    .run();
        }
    }

    // JSON lies in memory as a whole in any case, and becomes many times as much there.
    private static boolean isGathered(Accepts accepts) {
        return accepts.mediaType().equals(Accepts.JSON) || accepts.maxBytes() <= MOST_GATHERED;
    }

    /** Who is too slow is as one who is idle. */
    private static void expire(Request request, TimeoutException late) {
        request.getConnectionMetaData().getConnection().onIdleExpired(late);
    }

    /** Whether the caller may still use the route, which may have another owner by now. */
    private boolean mayGoOn(Request request, Map<String, String> headers) {
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

    private static Response nowhere(String allowed) {
        return allowed.isEmpty()
                ? refusal(404, WebCode.NOT_FOUND, "there is nothing here")
                : refusal(405, WebCode.METHOD_NOT_ALLOWED, "allowed is " + allowed)
                        .with("Allow", allowed);
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

    /** Names in lower case; several of one name are joined, as they may be (RFC 9110, 5.3), cookies by their own sign. */
    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String name = field.getLowerCaseName();
            String separator = name.equals("cookie") ? "; " : ", ";
            String value = field.getValue() == null ? "" : field.getValue();
            headers.merge(name, value, (before, more) -> before + separator + more);
        }
        return headers;
    }

    private static List<X509Certificate> certificates(Request request) {
        if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData tls) {
            X509Certificate[] chain = tls.peerCertificates();
            return chain == null ? List.of() : List.of(chain);
        }
        return List.of();
    }

    private static Response refusal(int status, WebCode code, String detail) {
        return Response.of(status, new Body.Refused(new Problem(status, code, detail)));
    }
}
