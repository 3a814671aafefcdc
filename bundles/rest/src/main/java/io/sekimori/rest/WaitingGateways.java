package io.sekimori.rest;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.Director;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import io.sekimori.web.WebException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The gateways of a rollout that were assigned something and have not taken it: the first {@value #MOST} of them, since
 * gateways that are kept alike have few contents between them. Thread-safe.
 */
record WaitingGateways(Rollouts rollouts, Fleet fleet) {

    static final int MOST = 1_000;

    private static final List<TargetState> STATES = List.of(TargetState.ASSIGNED, TargetState.IN_PROGRESS);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Those of a rollout.
     *
     * @param all how many wait, also beyond the first {@value #MOST}
     * @param gateways without their labels and bundles
     */
    record Found(int all, List<Gateway> gateways) {}

    /** @throws WebException if there is no such rollout */
    Found of(String rollout) throws WebException, RolloutException, FleetException {
        Optional<Rollout> known = rollouts.get(rollout);
        if (known.isEmpty()) {
            throw Refusals.unknown("there is no rollout " + rollout);
        }
        Counts counts = known.get().counts();
        Set<String> ids = new LinkedHashSet<>();
        // Who was told to look again is in progress for a moment, and waits on.
        for (TargetState state : STATES) {
            if (ids.size() < MOST) {
                add(rollout, state, ids);
            }
        }
        return new Found(
                STATES.stream().mapToInt(counts::get).sum(),
                fleet.bare(ids).stream()
                        .filter(gateway -> gateway.deviceKey().isPresent())
                        .sorted(Comparator.comparing(Gateway::id))
                        .toList());
    }

    private void add(String rollout, TargetState state, Set<String> ids) throws RolloutException {
        OptionalInt after = OptionalInt.empty();
        List<Target> page;
        do {
            page = rollouts.targets(rollout, Optional.of(state), after, Rollouts.MAX_PAGE);
            page.forEach(target -> ids.add(target.gateway()));
            after = page.isEmpty()
                    ? after
                    : OptionalInt.of(page.get(page.size() - 1).position());
        } while (page.size() == Rollouts.MAX_PAGE && ids.size() < MOST);
    }

    /** SHA-256 of their public keys. */
    static List<String> devices(List<Gateway> gateways) {
        return gateways.stream()
                .map(gateway -> gateway.deviceKey().orElseThrow())
                .toList();
    }

    /** Sends each its assignment again that is not held back, so that it looks for approvals now and not with its next question. */
    static void remind(List<Gateway> gateways, Director director, Courier courier) throws ReleasesException {
        if (!courier.connected()) {
            return;
        }
        for (Gateway gateway : gateways) {
            String device = gateway.deviceKey().orElseThrow();
            Optional<CurrentAssignment> current = director.current(device);
            if (current.isPresent() && director.held(device).isEmpty()) {
                byte[] document = current.get().document().getBytes(StandardCharsets.UTF_8);
                courier.tell(new Parcel(
                        gateway.id(),
                        "SEKIMORI-V1",
                        "PUT",
                        List.of("assignment"),
                        Map.of(),
                        new Body(document),
                        PATIENCE));
            }
        }
    }
}
