package io.sekimori.web.jetty;

import io.sekimori.trust.JsonText;
import io.sekimori.web.EventSink;
import io.sekimori.web.EventSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The events for one listener (HTML standard, 9.2.6). Writes one after the other without a thread of its own; who does not
 * read fast enough is cut off when the queue is full. Thread-safe.
 */
final class EventStream implements EventSink {

    private static final int MOST_QUEUED = 256;
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Response response;
    private final Callback callback;
    private final Consumer<EventStream> gone;
    private final Viewer viewer;
    private final Object lock = new Object();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean ended;
    private EventSource.@Nullable Subscription subscription;

    EventStream(Response response, Callback callback, Consumer<EventStream> gone, Viewer viewer) {
        this.viewer = viewer;
        this.response = response;
        this.callback = callback;
        this.gone = gone;
    }

    boolean isOf(String name) {
        return viewer.name().equals(name);
    }

    /** Sends the headers at once, so that the listener knows that it is heard. */
    void begin(EventSource.Subscription source) {
        boolean late;
        synchronized (lock) {
            late = ended;
            subscription = source;
        }
        if (late) {
            source.close();
        } else {
            beat();
        }
    }

    /** Shows that it is alive, or ends it if the listener lost the right: a session ends, roles change. */
    void beat() {
        if (viewer.mayGoOn().getAsBoolean()) {
            queue(BEAT);
        } else {
            end();
        }
    }

    @Override
    public boolean send(String id, String type, Map<String, ?> data) {
        if (hasLineEnd(id) || hasLineEnd(type)) {
            throw new IllegalArgumentException("an id or type of an event has one line");
        }
        StringBuilder event = new StringBuilder();
        if (!id.isEmpty()) {
            event.append("id: ").append(id).append('\n');
        }
        event.append("event: ").append(type).append('\n');
        new String(JsonText.bytes(data), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> event.append("data: ").append(line.strip()).append('\n'));
        return queue(event.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean hasLineEnd(String text) {
        return text.chars().anyMatch(c -> c < ' ');
    }

    private boolean queue(byte[] bytes) {
        synchronized (lock) {
            if (ended) {
                return false;
            }
            if (queue.size() < MOST_QUEUED) {
                queue.add(bytes);
                if (writing) {
                    return true;
                }
                writing = true;
            } else {
                bytes = null;
            }
        }
        if (bytes == null) {
            end();
            return false;
        }
        next();
        return true;
    }

    /** Writes the next one; called by whoever set {@code writing}, or when the one before is written. */
    private void next() {
        byte[] bytes;
        synchronized (lock) {
            bytes = ended ? null : queue.poll();
            if (bytes == null) {
                writing = false;
                return;
            }
        }
        response.write(false, ByteBuffer.wrap(bytes), Callback.from(this::next, failure -> end()));
    }

    /** Ends it: the listener has gone, is too slow, or the server closes. */
    void end() {
        EventSource.Subscription source;
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            queue.clear();
            source = subscription;
        }
        gone.accept(this);
        if (source != null) {
            source.close();
        }
        // Failed, not succeeded: a write may be under way, and the listener is to come back.
        callback.failed(new java.nio.channels.ClosedChannelException());
    }
}
