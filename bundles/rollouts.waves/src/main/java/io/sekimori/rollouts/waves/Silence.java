package io.sekimori.rollouts.waves;

import io.sekimori.fleet.Gateway;
import io.sekimori.releases.Director;
import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.waves.OpenTargets.Open;
import io.sekimori.rollouts.waves.OpenTargets.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who proved nothing in time falls silent. Who proved that it waits by its own policy has longer, as long as its rollout
 * goes on and the gateway is heard of: it sends a report when it begins to wait, and none while it does. Who could not hear of
 * its assignment, since the director holds that back, is refused with the reason; where the director cannot tell, it falls silent
 * as the others do. Thread-safe.
 */
final class Silence {

    private final WaveRecords records;
    private final Peers peers;

    Silence(WaveRecords records, Peers peers) {
        this.records = records;
        this.peers = peers;
    }

    void fall(Instant now) throws RolloutException {
        if (records.read(connection -> OpenTargets.isAnybodySilent(connection, now))) {
            Trouble trouble = new Trouble();
            refuseHeld(now, trouble);
            spareWaiting(now);
            records.write(connection -> OpenTargets.fallSilent(connection, now));
            trouble.raise();
        }
    }

    private void refuseHeld(Instant now, Trouble trouble) throws RolloutException {
        Place after = Place.FIRST;
        List<Open> overdue;
        do {
            Place from = after;
            overdue = records.read(connection -> OpenTargets.overdue(connection, now, from, Clockwork.BATCH));
            Map<String, Gateway> gateways = peers.gateways(overdue);
            for (Open target : overdue) {
                after = target.place();
                Optional<String> device =
                        Optional.ofNullable(gateways.get(target.gateway())).flatMap(Gateway::deviceKey);
                Optional<HeldAssignment> held =
                        device.isPresent() ? held(target, device.get(), trouble) : Optional.empty();
                if (held.isPresent() && held.get().version() == target.pending().assignment()) {
                    Proof.Move move = new Proof.Move(
                            TargetState.REFUSED, held.get().code(), held.get().detail());
                    records.write(connection -> {
                        OpenTargets.move(connection, target, move, now);
                        return null;
                    });
                }
            }
        } while (overdue.size() == Clockwork.BATCH);
    }

    // Without a director all wait for it: it is being replaced. What it cannot tell of one must not keep the others
    // from silence.
    private Optional<HeldAssignment> held(Open target, String device, Trouble trouble) throws RolloutException {
        Director director = peers.director();
        try {
            return director.held(device);
        } catch (ReleasesException | RuntimeException e) {
            trouble.add(new RolloutException(
                    RolloutCode.RELEASES_UNAVAILABLE, target.gateway() + ": " + e.getMessage(), e));
            return Optional.empty();
        }
    }

    private void spareWaiting(Instant now) throws RolloutException {
        Place after = Place.FIRST;
        List<Open> overdue;
        do {
            Place from = after;
            overdue = records.read(connection -> OpenTargets.overdueWaiting(connection, now, from, Clockwork.BATCH));
            Map<String, Gateway> gateways = peers.gateways(overdue);
            for (Open target : overdue) {
                after = target.place();
                Optional<Instant> heard = Optional.ofNullable(gateways.get(target.gateway()))
                        .flatMap(gateway -> gateway.contact().lastHeard());
                if (heard.isPresent() && !target.pending().ended()) {
                    records.write(connection -> OpenTargets.heardWaiting(connection, target, heard.get()));
                }
            }
        } while (overdue.size() == Clockwork.BATCH);
    }
}
