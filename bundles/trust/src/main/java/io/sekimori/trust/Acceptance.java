package io.sekimori.trust;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The verdict on an assignment. */
public sealed interface Acceptance {

    /**
     * Every rule held.
     *
     * @param assignment what to run
     * @param releases   the releases of {@code assignment.items()}, in the same order
     * @param evidence   all the metadata that vouched, to be frozen with the generation
     * @param staleSince since when timestamp or snapshot are past their expiry, which {@link Carrier.Medium} excuses;
     *                   empty if all is fresh
     * @param permits    what let it below a floor; empty if nothing is below one
     */
    record Accepted(
            Assignment assignment,
            List<Release> releases,
            Evidence evidence,
            Optional<Instant> staleSince,
            Optional<FloorPermits.Used> permits)
            implements Acceptance {
        public Accepted {
            releases = List.copyOf(releases);
        }
    }

    /** A rule was broken, or that could not be found out. */
    record Refused(Refusal refusal) implements Acceptance {}
}
