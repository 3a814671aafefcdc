package io.sekimori.rollouts.waves;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.RolloutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * Tells gateways of their new assignment, so that they need not wait for their next poll. Nothing depends on it: whoever
 * is not reached fetches it, and nothing counts before a report proves it. Thread-safe.
 */
final class Delivering {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Peers peers;
    private final Logger log;

    Delivering(Peers peers, Logger log) {
        this.peers = peers;
        this.log = log;
    }

    /** Sends to each gateway what the director has for its device. */
    void deliver(List<String> gateways, List<String> devices) {
        Optional<Courier> courier = peers.courier().filter(Courier::connected);
        if (courier.isEmpty()) {
            return;
        }
        try {
            for (int i = 0; i < gateways.size(); i++) {
                Optional<CurrentAssignment> current = peers.director().current(devices.get(i));
                if (current.isPresent()) {
                    send(courier.get(), gateways.get(i), current.get());
                }
            }
        } catch (ReleasesException | RolloutException e) {
            log.warn("Assignments are not sent and wait to be fetched: {}", e.getMessage());
        }
    }

    private void send(Courier courier, String gateway, CurrentAssignment assignment) {
        Parcel parcel = new Parcel(
                gateway,
                "SEKIMORI-V1",
                "PUT",
                List.of("assignment"),
                Map.of(),
                new Body(assignment.document().getBytes(StandardCharsets.UTF_8)),
                PATIENCE);
        courier.tell(parcel); // what becomes of it, the gateway reports
    }
}
