package io.sekimori.rollouts;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where one gateway stands in a rollout. Every gateway is in exactly one of them, so their counts add up to the number
 * of targets. Stable names: add, never rename.
 */
public enum TargetState {
    /** It has no assignment yet. */
    WAITING,
    /** Its assignment is signed and there to be taken. */
    ASSIGNED,
    /** It said that it is at it. */
    IN_PROGRESS,
    /** A verified report shows exactly the assigned bundles, and nothing on the gateway that is not as signed. */
    CONFIRMED,
    /** It tried, and went back by itself. */
    REVERTED,
    /** It refused before it touched anything, or no assignment could be made for it. */
    REFUSED,
    /** Something else ended it, or it runs something that was not assigned, or that is not as signed. */
    FAILED,
    /** It proved no outcome in time. It may still do so, and is counted under that outcome then. */
    SILENT,
    /** It will not be assigned any more, or not take it: the rollout was stopped, another one overtook it, or it was taken back. */
    CANCELLED;

    /** The states in which the outcome is still to come and waited for. */
    public static final Set<TargetState> OPEN = Set.copyOf(EnumSet.of(WAITING, ASSIGNED, IN_PROGRESS));

    /** Whether nothing is waited for any more. */
    public boolean settled() {
        return !OPEN.contains(this);
    }
}
