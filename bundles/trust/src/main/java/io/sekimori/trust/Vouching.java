package io.sekimori.trust;

import java.util.List;

/** The verdict on frozen {@link Evidence}. */
public sealed interface Vouching {

    /**
     * The evidence holds.
     *
     * @param assignment what it says is to run
     * @param releases   the releases of {@code assignment.items()}, in the same order
     */
    record Vouched(Assignment assignment, List<Release> releases) implements Vouching {
        public Vouched {
            releases = List.copyOf(releases);
        }
    }

    /** A rule was broken, or the evidence does not hold together. */
    record Refused(Refusal refusal) implements Vouching {}
}
