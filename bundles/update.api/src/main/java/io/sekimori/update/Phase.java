package io.sekimori.update;

/** Where a transition is. The journal on disk names the phase before it begins. */
public enum Phase {
    VERIFY,
    STAGE,
    REHEARSE,
    SWAP,
    HANDOVER,
    RESTART,
    PROBATION,
    COMMIT,
    CLEAN_UP,
    REVERT,
    REPORT
}
