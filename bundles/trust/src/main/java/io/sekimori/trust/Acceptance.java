package io.sekimori.trust;

import java.util.List;

/** The verdict on an assignment. */
public sealed interface Acceptance {

    /**
     * Every rule held.
     *
     * @param assignment what to run
     * @param releases   the releases of {@code assignment.items()}, in the same order
     * @param evidence   all the metadata that vouched, to be frozen with the generation
     */
    record Accepted(Assignment assignment, List<Release> releases, Evidence evidence) implements Acceptance {
        public Accepted {
            releases = List.copyOf(releases);
        }
    }

    /** A rule was broken, or that could not be found out. */
    record Refused(Refusal refusal) implements Acceptance {}
}
