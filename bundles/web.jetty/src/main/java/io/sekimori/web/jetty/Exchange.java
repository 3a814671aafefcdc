package io.sekimori.web.jetty;

import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Peer;
import io.sekimori.web.Problem;
import io.sekimori.web.Response;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** One request and the way to answer it, once. Used by one thread after the other. */
final class Exchange {

    private final Request request;
    private final Incoming incoming;
    private final org.eclipse.jetty.server.Response response;
    private final Callback callback;
    private final Map<String, String> headers;
    private final Locale language;
    private final Answers answers;
    private final BooleanSupplier mayGoOn;
    private final Faults faults;
    private String viewer = "";
    private boolean known;

    Exchange(
            Request request,
            Incoming incoming,
            org.eclipse.jetty.server.Response response,
            Callback callback,
            Map<String, String> headers,
            Answers answers,
            BooleanSupplier mayGoOn,
            Faults faults) {
        this.request = request;
        this.incoming = incoming;
        this.response = response;
        this.callback = callback;
        this.headers = headers;
        this.language = Languages.of(headers.getOrDefault("accept-language", ""));
        this.answers = answers;
        this.mayGoOn = mayGoOn;
        this.faults = faults;
    }

    /**
     * Lets the resource answer.
     *
     * @param handled run before the answer is sent, so that who heard it finds everything as before
     */
    void answer(Admitted admitted, InputStream raw, Runnable handled) {
        String from = Peer.network(Request.getRemoteAddr(request));
        known = !(admitted.caller() instanceof Caller.Anonymous);
        viewer = known ? admitted.caller().actor() : from;
        Runnable answer = handle(
                admitted,
                new BoundedBody(raw, admitted.match().route().accepts().maxBytes()));
        handled.run();
        answer.run();
    }

    private Runnable handle(Admitted admitted, BoundedBody body) {
        try {
            io.sekimori.web.Request asked = admitted.request(body, headers, Request.getRemoteAddr(request), language);
            Response answer = admitted.match().resource().handle(asked);
            return () -> send(answer);
        } catch (BoundedBody.TooLarge e) {
            return () -> send(refusal(new Problem(413, WebCode.BODY_TOO_LARGE, String.valueOf(e.getMessage()))));
        } catch (WebException | IOException | RuntimeException e) {
            if (body.brokeOff()) {
                return () -> breakOff(e); // whatever the resource made of it
            }
            return e instanceof WebException refused ? () -> refuse(refused) : () -> fail(e);
        }
    }

    /** The body was refused on its way, or broke off. */
    void ungathered(Exception e) {
        if (e instanceof WebException refused) {
            refuse(refused);
        } else {
            breakOff(e);
        }
    }

    /** The body did not come whole, or not in time: the caller's fault, and no failure of ours. */
    private void breakOff(Exception e) {
        faults.gone(e);
        send(refusal(new Problem(400, WebCode.BODY_MALFORMED, "it broke off, or did not come in time")));
    }

    void refuse(WebException e) {
        faults.refused(request.getMethod(), e);
        send(refusal(e.problem()));
    }

    /** The boundary of a request: whatever a resource did not think of is told without its details. */
    void fail(Exception e) {
        faults.failed(request.getMethod() + " " + request.getHttpURI().getCanonicalPath(), e, known);
        send(refusal(new Problem(500, WebCode.FAILED, "it was tried and failed")));
    }

    void send(Response answer) {
        if (incoming.hasEnded()) {
            send(answer, response, callback);
            return;
        }
        // The caller must know not to use the connection again, as the rest of the body may still come.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        if (incoming.mayBeComing()) {
            send(answer, incoming.kept(response), Callback.from(this::linger, callback::failed));
        } else {
            send(answer, response, callback);
        }
    }

    private void send(Response answer, org.eclipse.jetty.server.Response to, Callback sent) {
        answers.send(answer, request, to, sent, language, new Viewer(viewer, mayGoOn));
    }

    /** What has no words is on its way only with the end. */
    private void linger() {
        if (response.isCommitted()) {
            incoming.throwAway(callback);
        } else {
            callback.succeeded();
        }
    }

    private static Response refusal(Problem problem) {
        return Response.of(problem.status(), new Body.Refused(problem));
    }
}
