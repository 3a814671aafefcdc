package io.sekimori.insight;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Why a status was not taken or cannot be shown. Stable: add, never rename. Advice for people is in {@code
 * refusals.properties} beside this class.
 */
public enum InsightCode {
    /** No gateway has this id. */
    GATEWAY_UNKNOWN,
    /** The gateway is suspended, lost, retired or has never enrolled, so it is not believed. */
    GATEWAY_NOT_TRUSTED,
    /** A status cannot be read, or says more than is kept. */
    STATUS_MALFORMED,
    /** A status is not signed by the device it speaks for. */
    STATUS_FORGED,
    /** A status is not newer than one that the console has. */
    STATUS_REPLAYED,
    /** A status says it was made later than this console's clock. */
    STATUS_FROM_FUTURE,
    /** The records cannot be read or written. */
    RECORDS_UNAVAILABLE,
    /** The fleet, which knows the gateways' keys, is out of reach. */
    FLEET_UNAVAILABLE;

    // The locale of the machine must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle(
                        "io.sekimori.insight.refusals", locale, InsightCode.class.getClassLoader(), NO_FALLBACK)
                .getString(name());
    }
}
