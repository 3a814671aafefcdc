package io.sekimori.rollouts;

/** What a person can order of a rollout. */
public enum Action {
    /** Hold it: nothing more is assigned. Possible while it runs or stands at a gate. */
    PAUSE,
    /** Go on: from a pause, through a gate, or in spite of what stopped it; what was counted until now is borne then. */
    RESUME,
    /** End it: who waits is cancelled. What is assigned goes on. */
    STOP,
    /** End it, and give those who took it or may take it yet the versions they had before, in a rollout of its own. */
    ROLL_BACK
}
