package io.sekimori.launcher;

/** Why the launcher chose the generation it started. */
public enum StartReason {
    /** It is the confirmed generation and no other was to be started. */
    NORMAL,
    /** It is on trial: it must be committed before its tries are used up. */
    TRIAL,
    /** Another generation should have started and could not, or has used up its tries. */
    FELL_BACK
}
