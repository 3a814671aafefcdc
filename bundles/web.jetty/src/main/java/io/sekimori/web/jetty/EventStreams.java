package io.sekimori.web.jetty;

import io.sekimori.web.EventSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** All who listen to events. One thread beats the heart of all of them; none waits for a listener. Thread-safe. */
final class EventStreams implements AutoCloseable {

    private static final int MOST_LISTENERS = 1_000;

    /** As many tabs as one person may have open, and a few that were closed just now. */
    static final int MOST_OF_ONE = 40;

    private static final long HEARTBEAT_SECONDS = 15;

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sekimori-web-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    EventStreams() {
        heart.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Beats each heart; who lost the right to listen is cut off. */
    void beat() {
        for (EventStream stream : open) {
            try {
                stream.beat();
            } catch (RuntimeException e) {
                // Whoever cannot be judged does not listen, and the others are not concerned.
                stream.end();
            }
        }
    }

    void begin(EventSource source, Request request, Response response, Callback callback, Viewer viewer) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        if (request.getMethod().equals("HEAD")) {
            callback.succeeded();
            return;
        }
        boolean many =
                open.stream().filter(stream -> stream.isOf(viewer.name())).count() >= MOST_OF_ONE;
        if (many || open.size() >= MOST_LISTENERS) {
            response.setStatus(many ? 429 : 503);
            response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
            callback.succeeded();
            return;
        }
        EventStream stream = new EventStream(response, callback, open::remove, viewer);
        open.add(stream);
        String last = request.getHeaders().get("Last-Event-ID");
        stream.begin(source.tell(stream, Optional.ofNullable(last).filter(id -> !id.isEmpty())));
    }

    @Override
    public void close() {
        heart.shutdownNow();
        open.forEach(EventStream::end);
    }
}
