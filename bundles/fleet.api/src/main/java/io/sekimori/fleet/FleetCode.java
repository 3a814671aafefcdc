package io.sekimori.fleet;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Why the fleet refused, dropped or could not deliver. Stable: add, never rename. Advice for people is in
 * {@code refusals.properties} beside this class.
 */
public enum FleetCode {
    /** The serial number is registered already. */
    SERIAL_KNOWN,
    /** No gateway has this id. */
    GATEWAY_UNKNOWN,
    /** The ledger does not allow this move. */
    LIFE_IMPOSSIBLE,
    /** The gateway has enrolled already. */
    ALREADY_ACTIVATED,
    /** Somebody changed the gateway in the meantime. */
    CHANGED_MEANWHILE,
    /** The records cannot be read or written. */
    RECORDS_UNAVAILABLE,
    /** The action could not be recorded in the audit. */
    AUDIT_UNAVAILABLE,
    /** The certificate authority is absent or refused. */
    AUTHORITY_UNAVAILABLE,
    /** A report cannot be read. */
    REPORT_MALFORMED,
    /** A report is not signed by the device it speaks for. */
    REPORT_FORGED,
    /** A report is older than one that the console has. */
    REPORT_REPLAYED,
    /** The gateway is suspended, lost, retired or has never enrolled, so it is not believed. */
    GATEWAY_NOT_TRUSTED,
    /** The console has no session at the broker. */
    LINK_DOWN,
    /** Too many requests wait for an answer. */
    COURIER_BUSY,
    /** The gateway did not answer in time. */
    NO_ANSWER,
    /** Something answered, and it was not proved to be the gateway. */
    ANSWER_UNPROVED;

    // The locale of the machine must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle(
                        "io.sekimori.fleet.refusals", locale, FleetCode.class.getClassLoader(), NO_FALLBACK)
                .getString(name());
    }
}
