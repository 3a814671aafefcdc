package io.sekimori.settings;

/** Why a console's request about settings was refused here, or a change taken back. Stable: add, never rename. */
enum SettingsCode {
    /** There is no such resource. */
    RESOURCE_UNKNOWN,
    /** The service that keeps configurations, identity or audit is not there at the moment. */
    PART_ABSENT,
    /** The gateway is not enrolled, so that no mandate can be for it. */
    NOT_ENROLLED,
    /** The mandate was heard before, or a newer one was. */
    MANDATE_REPLAYED,
    /** The mandate is for something else than what it came with. */
    MANDATE_OTHER_ACTION,
    /** What is asked for is no change: nothing in it, too much, or of a wrong form. */
    CHANGE_MALFORMED,
    /** Another change is on trial. */
    TRIAL_RUNNING,
    /** There is no such change, or it is no longer remembered. */
    CHANGE_UNKNOWN,
    /** The change is not on trial, or the challenge is not the one that was given out. */
    NOTHING_TO_CONFIRM,
    /** The change could not be audited. */
    SETTINGS_AUDIT_REFUSED,
    /** The trial cannot be kept on disk. */
    TRIAL_UNWRITABLE,
    /** The gateway did not reach its console within the trial: the former values are in force again. */
    CONSOLE_NOT_REACHED,
    /** The gateway stopped while it was changing: the former values are in force again. */
    INTERRUPTED
}
