package io.sekimori.web.jetty;

import io.sekimori.trust.JsonText;
import io.sekimori.web.Body;
import io.sekimori.web.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Writes answers. Thread-safe. */
final class Answers {

    private static final String JSON = "application/json";
    private static final int MOST_GATHERED = 1 << 20;

    private final StoredFiles files;
    private final EventStreams events;
    private final Faults faults;

    Answers(StoredFiles files, EventStreams events, Faults faults) {
        this.files = files;
        this.events = events;
        this.faults = faults;
    }

    /**
     * Completes {@code callback} now or, for events, when the listener has gone or may not hear more.
     */
    void send(
            Response answer,
            Request request,
            org.eclipse.jetty.server.Response response,
            Callback callback,
            Locale language,
            Viewer viewer) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        boolean head = request.getMethod().equals("HEAD");
        try {
            if (answer.body() instanceof Body.Json json) {
                whole(response, callback, JSON, JsonText.bytes(json.value()));
            } else if (answer.body() instanceof Body.Refused refused) {
                // A resource that is asked in another way says so itself.
                if (answer.status() == 401 && !response.getHeaders().contains(HttpHeader.WWW_AUTHENTICATE)) {
                    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"sekimori\"");
                }
                if (refused.problem().facts().get("retryAfterSeconds") instanceof Number seconds) {
                    response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds.toString());
                }
                whole(response, callback, ProblemJson.MEDIA_TYPE, ProblemJson.bytes(refused.problem(), language));
            } else if (answer.body() instanceof Body.Streamed streamed) {
                streamed(response, callback, streamed, head);
            } else if (answer.body() instanceof Body.Stored stored) {
                files.send(stored, request, response, callback, language);
            } else if (answer.body() instanceof Body.Events source) {
                events.begin(source.source(), request, response, callback, viewer);
            } else {
                callback.succeeded();
            }
        } catch (CallerStream.Gone e) {
            faults.gone(e);
            callback.failed(e);
        } catch (IOException | RuntimeException e) {
            // Part of it may be on its way: the connection is broken off, so that nobody takes a part for the whole.
            faults.brokeOff(e);
            callback.failed(e);
        }
    }

    private static void whole(
            org.eclipse.jetty.server.Response response, Callback callback, String mediaType, byte[] bytes) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    private static void streamed(
            org.eclipse.jetty.server.Response response, Callback callback, Body.Streamed body, boolean head)
            throws IOException {
        if (body.length() >= 0 && body.length() <= MOST_GATHERED && !head) {
            // Gathered first, so that no thread waits for a slow reader.
            ByteArrayOutputStream gathered = new ByteArrayOutputStream((int) body.length());
            body.writer().write(gathered);
            whole(response, callback, body.mediaType(), gathered.toByteArray());
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, body.mediaType());
        if (body.length() >= 0) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length());
        }
        if (!head) {
            OutputStream out = new CallerStream(Content.Sink.asOutputStream(response));
            body.writer().write(out);
            out.flush();
        }
        callback.succeeded();
    }
}
