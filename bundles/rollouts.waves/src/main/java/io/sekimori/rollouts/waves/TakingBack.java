package io.sekimori.rollouts.waves;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.ReleasesException;
import io.sekimori.releases.TakeBack;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutAnswer.Accepted;
import io.sekimori.rollouts.RolloutAnswer.Refused;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.waves.TakeBackRows.Row;
import io.sekimori.rollouts.waves.TakeBackRows.Void;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes back what is on its way to one gateway. First the wish is in the records; what is assigned is signed to be void after
 * that, by whichever console comes to it, and once more if one ended in between. What a person orders after it is never void
 * with it. Thread-safe.
 */
final class TakingBack {

    private static final String ACTION = "rollout.take-back";

    private final WaveRecords records;
    private final Peers peers;
    private final Delivering delivering;
    private final Trace trace;
    private final Clock clock;

    TakingBack(WaveRecords records, Peers peers, Delivering delivering, Trace trace, Clock clock) {
        this.records = records;
        this.peers = peers;
        this.delivering = delivering;
        this.trace = trace;
        this.clock = clock;
    }

    /** What a person orders. */
    RolloutAnswer order(String gateway, String actor) throws RolloutException {
        trace.allow(actor, ACTION, gateway, Map.of());
        RolloutAnswer answer = records.write(connection -> mark(connection, gateway));
        if (answer instanceof Refused refused) {
            trace.tell(
                    actor, ACTION, gateway, Verdict.REFUSED, refused.code().name(), Map.of("detail", refused.detail()));
        } else {
            String rollout = ((Accepted) answer).rollout().id();
            trace.tell(actor, ACTION, gateway, Verdict.DONE, "", Map.of("rollout", rollout));
        }
        return answer;
    }

    private RolloutAnswer mark(Connection connection, String gateway) throws SQLException {
        List<Row> rows = TakeBackRows.of(connection, gateway);
        long kept = rows.stream()
                .filter(Row::isTaken)
                .mapToLong(Row::assignment)
                .max()
                .orElse(0);
        long newest = rows.stream().mapToLong(Row::assignment).max().orElse(0);
        List<Row> open =
                rows.stream().filter(row -> row.isOnItsWay(kept, newest)).toList();
        if (open.isEmpty()) {
            boolean late = !rows.isEmpty() && rows.get(0).isTaken();
            return new Refused(late ? RolloutCode.TAKEN_BACK_TOO_LATE : RolloutCode.NOTHING_TO_TAKE_BACK, gateway);
        }
        for (Row row : open) {
            TakeBackRows.want(connection, row, gateway, clock.instant());
        }
        return new Accepted(RolloutRows.one(connection, open.get(0).rollout()).orElseThrow());
    }

    /** Has signed what is wanted and not signed yet, and tells the gateways. No gateway keeps the others from theirs. */
    void sign() throws RolloutException {
        if (!records.read(TakeBackRows::isAnyWanted)) {
            return;
        }
        Instant now = clock.instant();
        List<Void> claimed =
                records.write(connection -> TakeBackRows.claim(connection, now, now.plus(Clockwork.CLAIM)));
        Map<String, Gateway> gateways = gateways(claimed);
        Trouble trouble = new Trouble();
        for (Void wanted : claimed) {
            Gateway gateway = gateways.get(wanted.gateway());
            // After that somebody else may be signing for this gateway; the next round looks again.
            boolean claims = clock.instant().isBefore(now.plus(Clockwork.SIGNING));
            if (claims && gateway != null && gateway.deviceKey().isPresent()) {
                trouble.during(() -> sign(wanted, gateway, gateway.deviceKey().get()));
            }
        }
        trouble.raise();
    }

    private void sign(Void wanted, Gateway gateway, String device) throws RolloutException {
        long shown = gateway.report()
                .map(report -> Math.max(report.accepted(), report.assignment()))
                .orElse(0L);
        AssignAnswer answer;
        try {
            answer = peers.director()
                    .takeBack(
                            new TakeBack(device, gateway.model(), wanted.from(), shown), "rollout:" + wanted.rollout());
        } catch (ReleasesException e) {
            throw new RolloutException(RolloutCode.RELEASES_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
        if (answer instanceof AssignAnswer.Assigned signed) {
            records.write(connection -> {
                TakeBackRows.signed(connection, wanted, signed.version());
                return TakeBackRows.anew(connection, wanted, signed.version());
            });
            delivering.deliver(List.of(wanted.gateway()), List.of(device));
        } else if (answer instanceof AssignAnswer.Refused refused) {
            // It is tried again when the claim is over: whoever asked for it still wants it.
            throw new RolloutException(
                    RolloutCode.RELEASES_UNAVAILABLE, refused.code() + ": " + refused.detail(), null);
        }
    }

    private Map<String, Gateway> gateways(List<Void> claimed) throws RolloutException {
        Map<String, Gateway> found = new HashMap<>();
        try {
            peers.fleet().all(claimed.stream().map(Void::gateway).collect(Collectors.toSet())).stream()
                    .forEach(gateway -> found.put(gateway.id(), gateway));
        } catch (FleetException e) {
            throw new RolloutException(RolloutCode.FLEET_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
        return found;
    }
}
