package io.sekimori.update;

import java.util.Optional;

/**
 * What a transition does with one bundle.
 *
 * @param before what runs now; empty for an addition
 * @param after what will run; empty for a removal
 * @param floor the least release counter this gateway will accept once the transition is confirmed
 * @param why in a few words, when the action is not simply the swap mode of the bundle; else empty
 */
public record PlannedBundle(
        String symbolicName, Action action, Optional<Edition> before, Optional<Edition> after, long floor, String why) {

    /** A version of a bundle, and the counter that only grows with its releases. */
    public record Edition(String version, long counter) {}

    /** How a bundle gets from before to after. */
    public enum Action {
        /** Same bytes; not touched. */
        KEEP,
        /** Same bytes, but resolved anew since what it is wired to changes: stopped and started. */
        REWIRE,
        /** Installed and started. */
        ADD,
        /** Stopped and uninstalled. */
        REMOVE,
        /** The new version is started beside the old one, which stops once the new one is well: no gap. */
        OVERLAP,
        /** The old version is stopped, then the new one started; the gap is measured. */
        REPLACE,
        /** Changed by a new process. */
        RESTART
    }
}
