package io.sekimori.rollouts;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Why a rollout was refused or halted, or a gateway got no further in it, where the gateway does not say so itself.
 * Stable: add, never rename. Advice for people is in {@code refusals.properties} beside this class.
 */
public enum RolloutCode {
    /** The selection has no activated gateway, or one that is not activated or unknown. */
    SELECTION_UNFIT,
    /** The selection has more gateways than a rollout may have. */
    TOO_MANY_TARGETS,
    /** The filter has a condition that nobody knows. */
    FILTER_INVALID,
    /** A version of a change is not among the releases. */
    RELEASE_UNKNOWN,
    /** No rollout has this id. */
    ROLLOUT_UNKNOWN,
    /** The rollout does not stand where this could be done. */
    ACTION_IMPOSSIBLE,
    /** Nobody took the rollout, so there is nothing to take back. */
    NOTHING_TO_ROLL_BACK,
    /** Somebody changed the rollout in the meantime. */
    CHANGED_MEANWHILE,
    /** More gateways failed than the limit allows. */
    LIMIT_FAILED,
    /** More gateways went back than the limit allows. */
    LIMIT_REVERTED,
    /** More gateways refused than the limit allows. */
    LIMIT_REFUSED,
    /** More gateways stayed silent than the limit allows. */
    LIMIT_SILENT,
    /** A wave is settled and fewer gateways are confirmed than required. */
    SUCCESS_MISSED,
    /** The gateway has never proved what it runs, so nothing can be composed for it. */
    NEVER_REPORTED,
    /** The gateway is not activated any more. */
    GATEWAY_NOT_ACTIVATED,
    /** The gateway runs a set of bundles that is not the assigned one. */
    RUNS_OTHERWISE,
    /** The gateway took what it was assigned, and found something on itself that is not as it was signed, or could not be read. */
    NOT_AS_SIGNED,
    /** The gateway had confirmed it, and went back at a later start, where it could not be started. */
    FELL_BACK,
    /** Other assignments got ahead of this one again and again. */
    OVERTAKEN,
    /** A newer rollout took the gateway over. */
    SUPERSEDED,
    /** A person took it back, and the gateway has proved that nothing of it runs there, or was never assigned it. */
    TAKEN_BACK,
    /** A person took it back, and the gateway had confirmed it before. */
    TAKEN_BACK_TOO_LATE,
    /** No rollout is on its way to this gateway. */
    NOTHING_TO_TAKE_BACK,
    /** No outcome was proved in time. */
    NO_OUTCOME,
    /** The records cannot be read or written. */
    RECORDS_UNAVAILABLE,
    /** The order could not be recorded in the audit. */
    AUDIT_UNAVAILABLE,
    /** The fleet does not answer. */
    FLEET_UNAVAILABLE,
    /** The release repository or its director does not answer. */
    RELEASES_UNAVAILABLE;

    // The locale of the machine must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle(
                        "io.sekimori.rollouts.refusals", locale, RolloutCode.class.getClassLoader(), NO_FALLBACK)
                .getString(name());
    }
}
