package io.sekimori.rollouts;

/** Where a rollout stands. Stable names: add, never rename. */
public enum RolloutState {
    /** Its wave is being assigned, or waited for. */
    RUNNING,
    /** A wave is through, and a person has to let the next one go. */
    AT_GATE,
    /** A person holds it. What is assigned goes on. */
    PAUSED,
    /** A stop condition holds it. What is assigned goes on. */
    HALTED,
    /** A person ended it. What is assigned goes on, the rest is cancelled. */
    STOPPED,
    /** All its gateways are settled. */
    DONE;

    /** Whether nothing will be assigned any more. */
    public boolean ended() {
        return this == STOPPED || this == DONE;
    }
}
