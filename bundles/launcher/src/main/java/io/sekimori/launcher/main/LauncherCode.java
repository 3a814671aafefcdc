package io.sekimori.launcher.main;

import io.sekimori.trust.RefusalCode;

/** What the launcher refuses or finds. Names are stable. */
public enum LauncherCode implements RefusalCode {
    /** The unit directory is not there or cannot be used. */
    UNIT_UNREADABLE,
    /** Another launcher holds the lock of the unit. */
    ALREADY_RUNNING,
    /** There is no confirmed generation. */
    POINTER_MISSING,
    /** {@code confirmed.json} cannot be read or is malformed. */
    POINTER_UNREADABLE,
    /** {@code trial.json} cannot be read or is malformed. */
    TRIAL_UNREADABLE,
    /** The generation on trial was started as often as it may be, and was not committed. */
    TRIES_USED_UP,
    /** A try could not be counted, so the generation on trial is not started. */
    TRIES_UNWRITABLE,
    /** This process runs from another slot than the generation's. */
    OTHER_SLOT,
    /** The slot of the generation was started in vain. */
    SLOT_UNUSABLE,
    /** What is asked of the helper for slots cannot be read. */
    SLOT_REQUEST_UNREADABLE,
    /** The evidence for a slot rests on older roots than were seen before. */
    SLOT_OLD_ROOT,
    /** There are as many slots as there may be, and all are in use. */
    SLOTS_FULL,
    /** The disk has no room for another slot. */
    SLOT_NO_SPACE,
    /** What was signed as a Java runtime cannot be unpacked as one. */
    SLOT_JAVA_MALFORMED,
    /** A slot cannot be written. */
    SLOT_UNWRITABLE,
    /** The helper for slots is at work already. */
    SLOT_HELPER_BUSY,
    /** None of the candidates may be started. */
    NO_STARTABLE_GENERATION,
    /** The framework could not be started. */
    FRAMEWORK_FAILED,
    /** Bundles of the generation cannot resolve. */
    UNRESOLVED,
    /** The second framework of a rehearsal failed. */
    REHEARSAL_FAILED,
    /** The hash belongs to no admitted generation. */
    NOT_ADMITTED,
    /** A bundle was installed or updated around the launcher. */
    UNADMITTED_BUNDLE,
    /** Files that decide what is trusted can be written by others than their owner. */
    TRUST_WRITABLE,
    /** Files that decide what is trusted belong to the user the gateway runs as. */
    TRUST_OWNED_BY_RUNTIME,
    /** The Java runtime is not the one the slot names. */
    OTHER_JAVA,
    /** A file in {@code state} could not be read or written; the start went on. */
    STATE_UNUSABLE
}
