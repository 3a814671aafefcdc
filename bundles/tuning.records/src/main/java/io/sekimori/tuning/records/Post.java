package io.sekimori.tuning.records;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Delivery.Answered;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the application {@code SETTINGS-V1} of a gateway, and believes proved answers alone. Stateless. */
final class Post {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Parts parts;

    Post(Parts parts) {
        this.parts = parts;
    }

    /**
     * A proved answer.
     *
     * @param code as in HTTP
     * @param reason the stable code of a refusal; empty if it is none
     * @param message its words
     * @param body empty if there was none
     */
    record Proved(int code, String reason, String message, byte[] body) {

        /** The body, if the gateway did what it was asked, and it is JSON. */
        Optional<JsonObject> json() {
            try {
                return code == 200 ? Optional.of(JsonObject.parse(body)) : Optional.empty();
            } catch (MalformedJson e) {
                return Optional.empty();
            }
        }
    }

    /** The proved answer; empty if there is none, though the gateway may have acted. Waits for it. */
    Optional<Proved> ask(String gateway, String method, List<String> resource, byte[] body) {
        return begin(gateway, method, resource, body).join();
    }

    /** As {@link #ask}, without waiting. */
    CompletableFuture<Optional<Proved>> begin(String gateway, String method, List<String> resource, byte[] body) {
        Optional<Courier> courier = parts.courier();
        if (courier.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return courier.get()
                .deliver(new Parcel(gateway, "SETTINGS-V1", method, resource, Map.of(), new Body(body), PATIENCE))
                .toCompletableFuture()
                .thenApply(Post::proved);
    }

    private static Optional<Proved> proved(Delivery delivery) {
        return delivery instanceof Answered answered
                ? Optional.of(new Proved(
                        answered.code(),
                        text(answered, "response.reason"),
                        text(answered, "response.exception.message"),
                        answered.body().bytes()))
                : Optional.empty();
    }

    private static String text(Answered answered, String metric) {
        return answered.metrics().get(metric) instanceof String text ? text : "";
    }
}
