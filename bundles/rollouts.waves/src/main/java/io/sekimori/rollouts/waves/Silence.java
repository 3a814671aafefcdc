package io.sekimori.rollouts.waves;

import io.sekimori.fleet.Gateway;
import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.waves.OpenTargets.Open;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who proved nothing in time falls silent. Who proved that it waits by its own policy has longer, as long as its rollout
 * goes on and the gateway is heard of: it sends a report when it begins to wait, and none while it does. Who could not hear of
 * its assignment, since the director holds that back, is refused with the reason. Thread-safe.
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
            refuseHeld(now);
            spareWaiting(now);
            records.write(connection -> OpenTargets.fallSilent(connection, now));
        }
    }

    private void refuseHeld(Instant now) throws RolloutException {
        String after = "";
        List<Open> overdue;
        do {
            String from = after;
            overdue = records.read(connection -> OpenTargets.overdue(connection, now, from, Clockwork.BATCH));
            Map<String, Gateway> gateways = peers.gateways(overdue);
            for (Open target : overdue) {
                after = target.gateway();
                Optional<String> device =
                        Optional.ofNullable(gateways.get(target.gateway())).flatMap(Gateway::deviceKey);
                Optional<HeldAssignment> held = device.isPresent() ? held(device.get()) : Optional.empty();
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

    private Optional<HeldAssignment> held(String device) throws RolloutException {
        try {
            return peers.director().held(device);
        } catch (ReleasesException e) {
            throw new RolloutException(RolloutCode.RELEASES_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private void spareWaiting(Instant now) throws RolloutException {
        String after = "";
        List<Open> overdue;
        do {
            String from = after;
            overdue = records.read(connection -> OpenTargets.overdueWaiting(connection, now, from, Clockwork.BATCH));
            Map<String, Gateway> gateways = peers.gateways(overdue);
            for (Open target : overdue) {
                after = target.gateway();
                Optional<Instant> heard = Optional.ofNullable(gateways.get(target.gateway()))
                        .flatMap(gateway -> gateway.contact().lastHeard());
                if (heard.isPresent() && !target.pending().ended()) {
                    records.write(connection -> OpenTargets.heardWaiting(connection, target, heard.get()));
                }
            }
        } while (overdue.size() == Clockwork.BATCH);
    }
}
