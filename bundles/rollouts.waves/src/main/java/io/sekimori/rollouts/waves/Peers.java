package io.sekimori.rollouts.waves;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Fleet;
import io.sekimori.releases.Director;
import io.sekimori.releases.Releases;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import java.util.Optional;

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
}
