package io.sekimori.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings requests to gateways and proved answers back. Nothing is kept: what must arrive is also there to be fetched.
 *
 * <p>Thread-safe. A reply counts only with the device's signature over the request's id.
 */
@ProviderType
public interface Courier {

    /** Whether the console has a session at the broker just now. */
    boolean connected();

    /** Sends {@code request}; the stage never completes exceptionally. */
    CompletionStage<Delivery> deliver(Parcel parcel);

    /**
     * Sends {@code parcel} and forgets it: for what a gateway says the outcome of elsewhere, in a signed report. What it
     * answers is passed over without a look.
     *
     * @param parcel its patience says until when an answer is no surprise
     */
    void tell(Parcel parcel);

    /**
     * A request to one gateway.
     *
     * @param gateway its id
     * @param application for instance {@code SEKIMORI-V1}
     * @param method {@code GET PUT POST DEL} or {@code EXEC}
     * @param resource the segments behind it, at least one
     * @param metrics of String, Long, Integer, Boolean or Double
     * @param body empty if there is none; not copied
     * @param patience how long to wait for the answer
     */
    record Parcel(
            String gateway,
            String application,
            String method,
            List<String> resource,
            Map<String, Object> metrics,
            Body body,
            Duration patience) {

        /** @throws IllegalArgumentException if there is no resource or no patience */
        public Parcel {
            resource = List.copyOf(resource);
            metrics = Map.copyOf(metrics);
            Bounds.require(!resource.isEmpty(), "a request has a resource");
            Bounds.require(!patience.isNegative() && !patience.isZero(), "patience is more than nothing");
        }
    }

    /** Bytes that compare as one thing. */
    final class Body {

        /** No bytes. */
        public static final Body EMPTY = new Body(new byte[0]);

        private final byte[] bytes;

        /** @param bytes not copied; nobody changes them any more */
        public Body(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The bytes themselves. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** What became of a request. */
    sealed interface Delivery {

        /**
         * The gateway answered, and proved that it did.
         *
         * @param code as in HTTP
         * @param metrics what else it said
         * @param body empty if there was none
         */
        record Answered(int code, Map<String, Object> metrics, Body body) implements Delivery {}

        /**
         * Something answered a question to a gateway that signs nothing, such as Kura. Show it; decide nothing by it.
         *
         * @param code as in HTTP
         * @param metrics what else it said
         * @param body empty if there was none
         */
        record Unproved(int code, Map<String, Object> metrics, Body body) implements Delivery {}

        /**
         * There is no proved answer; the gateway may have acted all the same.
         *
         * @param code why
         * @param detail safe to show
         */
        record Unanswered(FleetCode code, String detail) implements Delivery {}
    }
}
