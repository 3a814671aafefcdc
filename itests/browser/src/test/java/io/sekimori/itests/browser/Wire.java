package io.sekimori.itests.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Speaks the DevTools protocol with a browser over a WebSocket. Thread-safe. */
final class Wire implements WebSocket.Listener {

    private static final long PATIENCE_SECONDS = 60;

    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CompletableFuture<Map<String, Object>>> open = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, Map<String, Object>>> listeners = new ConcurrentHashMap<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Wire(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
    }

    /** Calls {@code listener} with the name and the parameters of each event of {@code session}. */
    void listen(String session, BiConsumer<String, Map<String, Object>> listener) {
        listeners.put(session, listener);
    }

    /** Gives a command and waits for its result. */
    Map<String, Object> ask(String session, String method, Map<String, ?> parameters) {
        long id = last.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        open.put(id, answer);
        Map<String, Object> message = new TreeMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        synchronized (socket) {
            socket.sendText(Json.write(message), true).join();
        }
        try {
            Map<String, Object> got = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (got.containsKey("error")) {
                throw new AssertionError(method + ": " + got.get("error"));
            }
            return Json.object(got, "result");
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("the browser does not answer " + method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean whole) {
        part.append(text);
        if (whole) {
            Map<String, Object> message = Json.read(part.toString());
            part.setLength(0);
            take(message);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void take(Map<String, Object> message) {
        if (message.get("id") instanceof Long id) {
            CompletableFuture<Map<String, Object>> waiting = open.remove(id);
            if (waiting != null) {
                waiting.complete(message);
            }
            return;
        }
        BiConsumer<String, Map<String, Object>> listener =
                listeners.get(String.valueOf(message.getOrDefault("sessionId", "")));
        if (listener != null) {
            listener.accept(String.valueOf(message.get("method")), Json.object(message, "params"));
        }
    }
}
