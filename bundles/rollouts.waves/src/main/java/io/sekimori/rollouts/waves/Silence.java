package io.sekimori.rollouts.waves;

import io.sekimori.fleet.Gateway;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.waves.OpenTargets.Open;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who proved nothing in time falls silent. Who proved that it waits by its own policy has longer, as long as its rollout
 * goes on and the gateway is heard of: it sends a report when it begins to wait, and none while it does. Thread-safe.
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
            spareWaiting(now);
            records.write(connection -> OpenTargets.fallSilent(connection, now));
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
