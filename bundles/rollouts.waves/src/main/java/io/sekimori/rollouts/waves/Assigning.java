package io.sekimori.rollouts.waves;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Changes;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.waves.TargetRows.Assigned;
import io.sekimori.rollouts.waves.TargetRows.Claimed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has assignments signed for claimed targets, each composed of what its gateway last proved to run and the changes. If
 * the console ends in between, the claim runs out and it is done again: the gateway then gets a newer assignment of the
 * same content. Thread-safe.
 */
final class Assigning {

    private final Peers peers;

    Assigning(Peers peers) {
        this.peers = peers;
    }

    /** What became of a batch: assignments that are signed, and targets that get none. */
    record Batch(List<Assigned> assigned, Map<String, Proof.Move> settled, List<String> devices) {}

    /**
     * One target on its way to its assignment.
     *
     * @param levels whether it has the start levels already that are wanted
     */
    private record Prepared(
            Gateway gateway,
            Order order,
            BundleSet base,
            BundleSet wanted,
            List<BundleChange> former,
            boolean levels) {}

    Batch sign(Rollout rollout, List<Claimed> claimed) throws RolloutException {
        try {
            return trySigning(rollout, claimed);
        } catch (FleetException e) {
            throw new RolloutException(RolloutCode.FLEET_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } catch (ReleasesException e) {
            throw new RolloutException(RolloutCode.RELEASES_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Batch trySigning(Rollout rollout, List<Claimed> claimed)
            throws RolloutException, FleetException, ReleasesException {
        Fleet fleet = peers.fleet();
        Set<String> ids = claimed.stream().map(Claimed::gateway).collect(Collectors.toSet());
        Map<String, Gateway> gateways = new HashMap<>();
        fleet.all(ids).forEach(gateway -> gateways.put(gateway.id(), gateway));
        Map<String, String> reports = fleet.signedReports(ids);
        Lookup lookup = new Lookup(peers.releases());
        Batch batch = new Batch(new ArrayList<>(), new HashMap<>(), new ArrayList<>());
        List<Prepared> prepared = new ArrayList<>();
        for (Claimed target : claimed) {
            List<BundleChange> changes = target.changes().isEmpty() ? rollout.changes() : target.changes();
            Optional<Proof.Move> unfit = unfit(gateways.get(target.gateway()), changes, lookup);
            if (unfit.isPresent()) {
                batch.settled().put(target.gateway(), unfit.get());
                continue;
            }
            Prepared one = prepare(
                    gateways.get(target.gateway()), reports.getOrDefault(target.gateway(), ""), changes, lookup);
            if (isProved(one)) {
                batch.settled().put(target.gateway(), new Proof.Move(TargetState.CONFIRMED, "", "it ran this before"));
            } else {
                prepared.add(one);
            }
        }
        sign(rollout, prepared, batch);
        return batch;
    }

    private void sign(Rollout rollout, List<Prepared> prepared, Batch batch)
            throws RolloutException, ReleasesException {
        if (prepared.isEmpty()) {
            return;
        }
        List<AssignAnswer> answers =
                peers.director().assign(prepared.stream().map(Prepared::order).toList(), "rollout:" + rollout.id());
        for (int i = 0; i < prepared.size(); i++) {
            Prepared one = prepared.get(i);
            if (answers.get(i) instanceof AssignAnswer.Assigned assigned) {
                batch.assigned()
                        .add(new Assigned(
                                one.gateway().id(),
                                assigned.version(),
                                one.base().digest(),
                                one.wanted().digest(),
                                one.former()));
                batch.devices().add(assigned.device());
            } else if (answers.get(i) instanceof AssignAnswer.Refused refused) {
                batch.settled()
                        .put(one.gateway().id(), new Proof.Move(TargetState.REFUSED, refused.code(), refused.detail()));
            }
        }
    }

    private static Optional<Proof.Move> unfit(@Nullable Gateway gateway, List<BundleChange> changes, Lookup lookup)
            throws ReleasesException {
        if (gateway == null
                || gateway.life() != Life.ACTIVATED
                || gateway.deviceKey().isEmpty()) {
            return refused(
                    RolloutCode.GATEWAY_NOT_ACTIVATED,
                    gateway == null ? "unknown" : gateway.life().name());
        }
        if (gateway.report().isEmpty()) {
            return refused(RolloutCode.NEVER_REPORTED, "it has not said what it runs");
        }
        return lookup.unknown(changes)
                .map(change -> Proof.Move.of(
                        TargetState.REFUSED,
                        RolloutCode.RELEASE_UNKNOWN,
                        change.symbolicName() + "/" + change.version().orElseThrow()));
    }

    private static Prepared prepare(Gateway gateway, String report, List<BundleChange> changes, Lookup lookup)
            throws ReleasesException {
        DeviceReport said = gateway.report().orElseThrow();
        BundleSet base = BundleSet.of(said, lookup.java(said.slot(), changes));
        List<Changes.Setting> set = new ArrayList<>();
        Set<Changes.Part> remove = new HashSet<>();
        for (BundleChange change : changes) {
            Changes.Part part = new Changes.Part(Lookup.kind(change), change.symbolicName());
            if (change.version().isPresent()) {
                set.add(new Changes.Setting(part, change.version().get(), change.startLevel()));
            } else if (base.version(change.kind(), change.symbolicName()).isPresent()) {
                remove.add(part);
            }
        }
        Order order = new Order(
                gateway.deviceKey().orElseThrow(), gateway.model(), report, new Changes(set, remove, Map.of()));
        ReportedLevels levels = ReportedLevels.of(report, changes);
        return new Prepared(
                gateway,
                order,
                base,
                base.with(changes, lookup.hashes()),
                base.former(changes, levels),
                levels.have(changes));
    }

    /** Whether it proved already to run just that, and nothing else is on its way to it. */
    private boolean isProved(Prepared one) throws RolloutException, ReleasesException {
        if (!one.levels()
                || !one.gateway()
                        .report()
                        .orElseThrow()
                        .proves(one.wanted().bundles(), one.wanted().slot())) {
            return false;
        }
        Optional<CurrentAssignment> current =
                peers.director().current(one.gateway().deviceKey().orElseThrow());
        long accepted = one.gateway().report().orElseThrow().accepted();
        return current.isEmpty() || current.get().version() <= accepted;
    }

    private static Optional<Proof.Move> refused(RolloutCode code, String detail) {
        return Optional.of(Proof.Move.of(TargetState.REFUSED, code, detail));
    }
}
