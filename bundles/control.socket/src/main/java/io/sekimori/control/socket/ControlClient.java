package io.sekimori.control.socket;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Speaks with a running gateway. Needs no OSGi: the command line uses it from a plain class path.
 *
 * <p>A transition goes on without its client. When the connection is lost or the gateway sends the client elsewhere, as
 * it does when it swaps this very bundle or its engine, or restarts, the client connects again and follows.
 *
 * <p>Thread-safe; each call has a connection of its own.
 */
public final class ControlClient {

    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final Duration AT_FIRST = Duration.ofSeconds(10);

    private final Path socket;
    private final Duration patience;

    /**
     * A client that connects when it is asked something.
     *
     * @param socket {@code run/control.sock} of the unit
     * @param patience how long a gateway that went away during a transition may take to come back
     */
    public ControlClient(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /** What the gateway answers in the end. */
    public sealed interface Reply {

        /** It is done; the members depend on the request. */
        record Answer(JsonObject members) implements Reply {}

        /** It is refused, with a stable code. */
        record Refused(String code, String detail) implements Reply {}
    }

    /** {@code status}, {@code bundles} or {@code transitions}. */
    public Reply ask(String request) throws ControlException {
        return exchange(Map.of("do", request), event -> {}).orElseThrow(ControlClient::lost);
    }

    /** A request that a bundle of the gateway offers beside those of the socket itself. */
    public Reply ask(String request, Map<String, ?> members) throws ControlException {
        Map<String, Object> all = new TreeMap<>(members);
        all.put("do", request);
        return exchange(all, event -> {}).orElseThrow(ControlClient::lost);
    }

    /** The newest records of the audit. */
    public Reply auditTail(int count) throws ControlException {
        return exchange(Map.of("do", "audit-tail", "count", (long) count), event -> {})
                .orElseThrow(ControlClient::lost);
    }

    /** What applying the pack would do. */
    public Reply plan(Path pack) throws ControlException {
        return exchange(request("plan", "pack", absolute(pack)), event -> {}).orElseThrow(ControlClient::lost);
    }

    /** Asks for the end of a transition. */
    public Reply cancel(String id) throws ControlException {
        return exchange(request("cancel", "id", id), event -> {}).orElseThrow(ControlClient::lost);
    }

    /**
     * Applies a pack and waits for the outcome.
     *
     * @param events hears {@code started} with the {@code id}, then {@code progress}
     */
    public Reply apply(Path pack, Consumer<JsonObject> events) throws ControlException {
        Started started = new Started(events);
        Optional<Reply> reply = exchange(request("apply", "pack", absolute(pack)), started);
        if (reply.isPresent()) {
            return reply.get();
        }
        return follow(started.id().orElseThrow(ControlClient::lost), events, patience);
    }

    /**
     * Waits for the outcome of a transition, however often the gateway moves meanwhile. One that cannot be reached at
     * all is waited for as long as a restart may take, and no longer.
     */
    public Reply follow(String id, Consumer<JsonObject> events) throws ControlException {
        return follow(id, events, patience.compareTo(AT_FIRST) < 0 ? patience : AT_FIRST);
    }

    private Reply follow(String id, Consumer<JsonObject> events, Duration atFirst) throws ControlException {
        Duration limit = atFirst;
        long start = System.nanoTime();
        ControlException last = lost();
        Optional<Reply> refusal = Optional.empty();
        while (System.nanoTime() - start < limit.toNanos()) {
            try {
                Optional<Reply> reply = exchange(request("follow", "id", id), events);
                limit = patience;
                if (reply.isPresent() && !isOnTheMove(reply.get())) {
                    return reply.get();
                }
                refusal = reply;
                start = reply.isPresent() ? start : System.nanoTime();
            } catch (ControlException e) {
                last = e;
                refusal = Optional.empty();
            }
            pause();
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        throw last;
    }

    // While one version of the engine hands over to the other neither of them may know the transition yet.
    private static boolean isOnTheMove(Reply reply) {
        return reply instanceof Reply.Refused refused
                && (refused.code().equals(ControlCode.TRANSITION_UNKNOWN.name())
                        || refused.code().equals(ControlCode.UPDATE_UNAVAILABLE.name())
                        || refused.code().equals(ControlCode.TOO_MANY_CONNECTIONS.name()));
    }

    /** Empty if the gateway sends the client elsewhere, or the connection ends after a transition began. */
    private Optional<Reply> exchange(Map<String, ?> request, Consumer<JsonObject> events) throws ControlException {
        boolean heard = false;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ask(channel, request);
            Wire wire = new Wire(channel);
            while (true) {
                JsonObject message = wire.read(Wire.MAX_LINE_BYTES);
                heard = true;
                switch (message.string(Message.EVENT)) {
                    case Message.ANSWER -> {
                        return Optional.of(new Reply.Answer(message));
                    }
                    case Message.REFUSED -> {
                        return Optional.of(new Reply.Refused(message.string("code"), message.string("detail")));
                    }
                    case Message.MOVED -> {
                        return Optional.empty();
                    }
                    case Message.WAITING -> {
                        continue;
                    }
                    default -> events.accept(message);
                }
            }
        } catch (MalformedJson e) {
            throw new ControlException(ControlCode.REQUEST_MALFORMED, "the gateway's answer is not understood", e);
        } catch (IOException e) {
            if (heard) {
                return Optional.empty();
            }
            throw new ControlException(ControlCode.GATEWAY_UNREACHABLE, socket + ": " + e.getMessage(), e);
        }
    }

    private static void ask(SocketChannel channel, Map<String, ?> request) {
        try {
            Wire.write(channel, request);
        } catch (IOException e) {
            // A gateway that turns clients away does not wait for what they ask; its refusal is there to be read. If
            // there is none, reading says so.
        }
    }

    private void pause() throws ControlException {
        try {
            new CountDownLatch(1).await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException(ControlCode.GATEWAY_UNREACHABLE, "interrupted", e);
        }
    }

    private static Map<String, Object> request(String name, String member, String value) {
        Map<String, Object> request = new TreeMap<>();
        request.put("do", name);
        request.put(member, value);
        return request;
    }

    private static String absolute(Path pack) {
        return pack.toAbsolutePath().normalize().toString();
    }

    private static ControlException lost() {
        return new ControlException(ControlCode.GATEWAY_UNREACHABLE, "the connection was lost", null);
    }

    /** Keeps the id of the transition that a request began. */
    private static final class Started implements Consumer<JsonObject> {

        private final Consumer<JsonObject> next;
        private Optional<String> id = Optional.empty();

        Started(Consumer<JsonObject> next) {
            this.next = next;
        }

        @Override
        public void accept(JsonObject event) {
            if (event.has("id") && id.isEmpty()) {
                id = Optional.of(String.valueOf(event.asMap().get("id")));
            }
            next.accept(event);
        }

        Optional<String> id() {
            return id;
        }
    }
}
