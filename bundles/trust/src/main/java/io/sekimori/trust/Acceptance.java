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
     */
    record Accepted(Assignment assignment, List<Release> releases, Evidence evidence, Optional<Instant> staleSince)
            implements Acceptance {
        public Accepted {
            releases = List.copyOf(releases);
        }
    }

    /** A rule was broken, or that could not be found out. */
    record Refused(Refusal refusal) implements Acceptance {}
}
