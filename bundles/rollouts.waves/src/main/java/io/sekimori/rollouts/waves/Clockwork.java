package io.sekimori.rollouts.waves;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Gateway;
import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.waves.OpenTargets.Open;
import io.sekimori.rollouts.waves.TargetRows.Assigned;
import io.sekimori.rollouts.waves.TargetRows.Claimed;
import io.sekimori.rollouts.waves.WaveRule.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves rollouts. Every step is a transaction that looks again before it changes anything, so that it may be done by any
 * console at any time, twice or never. Thread-safe.
 */
final class Clockwork {

    /** The most targets assigned in one go. */
    static final int BATCH = 500;

    /** How long a claim keeps other consoles away; longer than a batch takes. */
    static final Duration CLAIM = Duration.ofSeconds(60);

    /**
     * What of a claim on what is taken back is for signing. In the rest nobody signs by it: what cannot be signed does not hold
     * up for ever what was ordered later.
     */
    static final Duration SIGNING = CLAIM.dividedBy(2);

    private final WaveRecords records;
    private final Peers peers;
    private final Assigning assigning;
    private final Delivering delivering;
    private final TakingBack takingBack;
    private final Silence silence;
    private final Clock clock;

    Clockwork(
            WaveRecords records,
            Peers peers,
            Assigning assigning,
            Delivering delivering,
            TakingBack takingBack,
            Clock clock) {
        this.records = records;
        this.peers = peers;
        this.assigning = assigning;
        this.delivering = delivering;
        this.takingBack = takingBack;
        this.silence = new Silence(records, peers);
        this.clock = clock;
    }

    /** One round: what is taken back, who is silent, what is decided, what is assigned. What fails does not stop the rest. */
    void tick() throws RolloutException {
        Instant now = clock.instant();
        Trouble trouble = new Trouble();
        trouble.during(takingBack::sign);
        trouble.during(() -> silence.fall(now));
        trouble.during(() -> {
            for (Rollout rollout : records.read(RolloutRows::running)) {
                trouble.during(() -> step(rollout));
            }
        });
        trouble.raise();
    }

    /** Looks at the newest report of everybody who is waited for: one that came when nobody listened is not lost. */
    void reconcile() throws RolloutException {
        OpenTargets.Place after = OpenTargets.Place.FIRST;
        List<Open> open;
        do {
            OpenTargets.Place from = after;
            open = records.read(connection -> OpenTargets.waitedFor(connection, from, BATCH));
            Map<String, Gateway> gateways = peers.gateways(open);
            for (Open target : open) {
                after = target.place();
                Optional<Gateway> gateway = Optional.ofNullable(gateways.get(target.gateway()));
                Optional<DeviceReport> report = gateway.flatMap(Gateway::report);
                Instant received = gateway.flatMap(Gateway::reported).orElse(Instant.EPOCH);
                if (report.isPresent()
                        && judge(target, report.get(), received)
                                .filter(move -> !before(target, move))
                                .isPresent()) {
                    reported(target.gateway(), report.get(), received);
                }
            }
        } while (open.size() == BATCH);
    }

    /** Whether that is how it was before it began: its newest report says that it waits, its progress came after it. */
    private static boolean before(Open target, Proof.Move move) {
        return target.pending().state() == TargetState.IN_PROGRESS && move.to() == TargetState.ASSIGNED;
    }

    /** Takes a verified report. */
    void reported(String gateway, DeviceReport report) throws RolloutException {
        reported(gateway, report, clock.instant());
    }

    private void reported(String gateway, DeviceReport report, Instant received) throws RolloutException {
        boolean concerned = records.read(connection -> OpenTargets.open(connection, gateway, report).stream()
                .anyMatch(target -> judge(target, report, received).isPresent()));
        if (concerned) {
            records.write(connection -> move(connection, gateway, report, received));
        }
    }

    /** Who fell silent does not wait again by what it had said before. */
    private static Optional<Proof.Move> judge(Open target, DeviceReport report, Instant received) {
        boolean old = target.pending().state() == TargetState.SILENT && received.isBefore(target.settled());
        return Proof.judge(target.pending(), report).filter(move -> !old || move.to() != TargetState.ASSIGNED);
    }

    private int move(Connection connection, String gateway, DeviceReport report, Instant received) throws SQLException {
        int moved = 0;
        for (Open target : OpenTargets.openLocked(connection, gateway, report)) {
            Optional<Proof.Move> move = judge(target, report, received);
            if (move.isPresent()) {
                OpenTargets.move(connection, target, move.get(), clock.instant());
                moved++;
            }
        }
        return moved;
    }

    private void step(Rollout seen) throws RolloutException {
        List<Counts> borne = records.read(connection -> WaveRows.borne(connection, seen.id()));
        if (!(WaveRule.next(seen.limits(), seen.waves(), borne, seen.wave()) instanceof Step.Wait)) {
            records.write(connection -> decide(connection, seen.id()));
        } else if (!isAnyWaiting(seen)) {
            return;
        }
        Optional<Rollout> now = records.read(connection -> RolloutRows.one(connection, seen.id()));
        if (now.isPresent() && now.get().state() == RolloutState.RUNNING) {
            assign(now.get());
        }
    }

    private boolean isAnyWaiting(Rollout rollout) throws RolloutException {
        return records.read(connection -> TargetRows.isAnyWaiting(connection, rollout.id(), rollout.wave()));
    }

    private boolean decide(Connection connection, String id) throws SQLException {
        Optional<Rollout> found = RolloutRows.locked(connection, id);
        if (found.isEmpty() || found.get().state() != RolloutState.RUNNING) {
            return false;
        }
        Rollout rollout = found.get();
        Step step = WaveRule.next(rollout.limits(), rollout.waves(), WaveRows.borne(connection, id), rollout.wave());
        if (step instanceof Step.Halt halt) {
            RolloutRows.move(connection, id, RolloutState.HALTED, halt.reason().name(), rollout.wave());
        } else if (step instanceof Step.NextWave) {
            RolloutState state = rollout.automatic() ? RolloutState.RUNNING : RolloutState.AT_GATE;
            RolloutRows.move(connection, id, state, "", rollout.automatic() ? rollout.wave() + 1 : rollout.wave());
        } else if (step instanceof Step.Finish) {
            RolloutRows.move(connection, id, RolloutState.DONE, "", rollout.wave());
        }
        return true;
    }

    private void assign(Rollout rollout) throws RolloutException {
        if (!isAnyWaiting(rollout)) {
            return;
        }
        List<Claimed> claimed;
        do {
            Instant now = clock.instant();
            claimed = records.write(connection -> claim(connection, rollout, now));
            if (!claimed.isEmpty()) {
                Assigning.Batch batch = assigning.sign(rollout, claimed);
                records.write(connection -> record(connection, rollout, batch));
                delivering.deliver(
                        batch.assigned().stream().map(Assigned::gateway).toList(), batch.devices());
            }
        } while (claimed.size() == BATCH);
    }

    private static List<Claimed> claim(Connection connection, Rollout rollout, Instant now) throws SQLException {
        Overtaking.settle(connection, rollout, now);
        return TargetRows.claim(
                connection, rollout.id(), rollout.rollsBack().orElse(""), rollout.wave(), now, now.plus(CLAIM), BATCH);
    }

    private int record(Connection connection, Rollout rollout, Assigning.Batch batch) throws SQLException {
        Instant now = clock.instant();
        TargetRows.assigned(connection, rollout.id(), batch.assigned(), now, rollout.silentAfter());
        for (Map.Entry<String, Proof.Move> settled : batch.settled().entrySet()) {
            TargetRows.settle(connection, rollout.id(), settled.getKey(), settled.getValue(), now);
        }
        return batch.assigned().size();
    }
}
