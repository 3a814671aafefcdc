package io.sekimori.update;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Why a transition was refused, reverted or interrupted, where trust, generation or launcher do not say it themselves.
 * Stable: add, never rename. Advice for people is in {@code refusals.properties} beside this class.
 */
public enum UpdateCode {
    /** Updating is switched off by configuration. */
    UPDATES_DISABLED,
    /** Another transition is open. */
    TRANSITION_OPEN,
    /** What runs is itself on trial and not confirmed. */
    NOT_CONFIRMED,
    /** No audit service is there, or it could not record the request. */
    AUDIT_UNAVAILABLE,
    /** No keys service is there, or it has no device key. */
    KEYS_UNAVAILABLE,
    /** No config service is there to keep and restore configurations. */
    CONFIG_UNAVAILABLE,
    /** Generation, pointer or facts of the unit cannot be read. */
    STATE_UNREADABLE,
    /** The pack cannot be read or breaks a bound. */
    PACK_UNREADABLE,
    /** The assignment wants what already runs. */
    NOTHING_TO_DO,
    /** The bytes needed are not free. */
    DISK_FULL,
    /** A file the assignment names is neither in the store nor in the pack. */
    PACK_FILE_MISSING,
    /** The source does not have a file that the assignment names. */
    SOURCE_FILE_MISSING,
    /** The source could not be reached, or the connection broke more often than allowed. */
    DOWNLOAD_FAILED,
    /** The source sent nothing, or too little, for longer than allowed. */
    DOWNLOAD_STALLED,
    /** The assignment has no update engine, so that nothing could ever confirm it. */
    ENGINE_MISSING,
    /** Who asks is not among those that this gateway takes updates from. */
    ORIGIN_NOT_ALLOWED,
    /** Who asks may update, and not go back to an older release. */
    ROLLBACK_NOT_ALLOWED,
    /** A person on site has to have it downloaded. */
    DOWNLOAD_BY_HAND,
    /** It is downloaded, and a person on site has to have it installed. */
    INSTALL_BY_HAND,
    /** A person on site has put it off. */
    DEFERRED,
    /** No maintenance window is open. */
    OUTSIDE_WINDOW,
    /** The clock is behind the assignment, so that nobody can say whether a maintenance window is open. */
    CLOCK_WRONG,
    /** Updates may not be put off as long as that. */
    DEFERRAL_TOO_LONG,
    /** Staging could not write. */
    STAGING_FAILED,
    /** The helper that brings in slots does not answer. */
    SLOT_HELPER_SILENT,
    /** A bundle comes with the version that runs and other bytes. */
    SAME_VERSION,
    /** The journal cannot be written, so nothing was begun. */
    JOURNAL_UNWRITABLE,
    /** The next generation does not resolve when started from empty. */
    UNRESOLVABLE_COLD,
    /** The next generation does not resolve beside what runs. */
    UNRESOLVABLE_HOT,
    /** What runs differs from what the generation says, so no swap can be planned. */
    RUNNING_DIFFERS,
    /** Configurations could not be kept, changed or restored. */
    CONFIGURATION_FAILED,
    /** A bundle could not be installed. */
    INSTALL_FAILED,
    /** A bundle could not be started. */
    START_FAILED,
    /** A bundle could not be stopped. */
    STOP_FAILED,
    /** A component of a changed bundle did not become satisfied. */
    COMPONENTS_UNSATISFIED,
    /** A health check failed, or one that was well before is not any more. */
    UNHEALTHY,
    /** Changed bundles reported more errors than allowed. */
    ERROR_RATE,
    /** A bundle is pending removal, so what runs is not what would start. */
    PENDING_REMOVAL,
    /** The wiring that runs is not the wiring of a cold start. */
    WIRING_DIFFERS,
    /** The launcher of the next generation does not accept it. */
    VERIFY_FAILED,
    /** The pointer could not be moved. */
    COMMIT_FAILED,
    /** The new version of the engine did not take the transition over. */
    HANDOVER_FAILED,
    /** The sequence number of reports cannot be kept, so no report was made. */
    REPORT_UNWRITABLE,
    /** What people took back of their approvals cannot be read or kept here, so nobody knows which of them count. */
    WITHDRAWALS_UNUSABLE,
    /** The console took back what it had assigned, in time: nothing of it runs, and nothing of it will be begun. */
    TAKEN_BACK,
    /** The console took back what this unit had confirmed before it heard of that. */
    TAKEN_BACK_TOO_LATE,
    /** Somebody cancelled. */
    CANCELLED,
    /** The engine was stopped while the transition was open. */
    ENGINE_STOPPED,
    /** The process ended while the transition was open. */
    PROCESS_ENDED,
    /** A step took longer than its deadline, and the launcher ended the process. */
    DEADLINE,
    /** The launcher went back to the confirmed generation. */
    FELL_BACK,
    /** The engine failed in a way it does not know. */
    ENGINE_FAILED;

    // The locale of the machine must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle(
                        "io.sekimori.update.refusals", locale, UpdateCode.class.getClassLoader(), NO_FALLBACK)
                .getString(name());
    }
}
