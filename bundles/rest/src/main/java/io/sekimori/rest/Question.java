package io.sekimori.rest;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Delivery.Unanswered;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.fleet.FleetAnswer;
import io.sekimori.web.WebException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks a gateway something, which changes nothing there. Stateless. */
final class Question {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Question() {}

    /**
     * What the gateway answered, proved or not.
     *
     * @throws WebException if it did not answer in time, or that cannot be asked
     */
    static Delivery ask(
            Courier courier, String gatewayId, String application, List<String> resource, Map<String, Object> metrics)
            throws WebException {
        Parcel parcel;
        try {
            parcel = new Parcel(gatewayId, application, "GET", resource, metrics, Body.EMPTY, PATIENCE);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(String.valueOf(e.getMessage()));
        }
        // The stage always completes, at the latest when the patience is over.
        Delivery delivery = courier.deliver(parcel).toCompletableFuture().join();
        if (delivery instanceof Unanswered none) {
            throw Refusals.of(new FleetAnswer.Refused(none.code(), none.detail()));
        }
        return delivery;
    }
}
