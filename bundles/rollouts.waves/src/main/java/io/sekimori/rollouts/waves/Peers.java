package io.sekimori.rollouts.waves;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.releases.Director;
import io.sekimori.releases.Releases;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.waves.OpenTargets.Open;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services of others, as they are at the moment of a call. */
interface Peers {

    Optional<Fleet> optionalFleet();

    Optional<Releases> optionalReleases();

    Optional<Director> optionalDirector();

    Optional<Courier> courier();

    default Fleet fleet() throws RolloutException {
        return optionalFleet()
                .orElseThrow(() -> new RolloutException(RolloutCode.FLEET_UNAVAILABLE, "no fleet is installed", null));
    }

    default Releases releases() throws RolloutException {
        return optionalReleases()
                .orElseThrow(() ->
                        new RolloutException(RolloutCode.RELEASES_UNAVAILABLE, "no releases are installed", null));
    }

    default Director director() throws RolloutException {
        return optionalDirector()
                .orElseThrow(
                        () -> new RolloutException(RolloutCode.RELEASES_UNAVAILABLE, "no director is installed", null));
    }

    /** The gateways of these targets by their ids; who is known no more is left out. */
    default Map<String, Gateway> gateways(List<Open> targets) throws RolloutException {
        if (targets.isEmpty()) {
            return Map.of();
        }
        try {
            return fleet().all(targets.stream().map(Open::gateway).collect(Collectors.toSet())).stream()
                    .collect(Collectors.toMap(Gateway::id, gateway -> gateway));
        } catch (FleetException e) {
            throw new RolloutException(RolloutCode.FLEET_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
