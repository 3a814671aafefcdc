package io.sekimori.status;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * What the status itself finds or refuses. Stable names: add, never rename. Advice for each stands in the resource bundle
 * {@code refusals} next to this class, keyed by the name.
 */
public enum StatusCode {
    /** A bundle was installed around the launcher's gate; it never resolves. */
    UNADMITTED,
    /** A bundle of the generation is not installed. */
    BUNDLE_ABSENT,
    /** What runs was assigned to another device key than this unit has, as after a wipe or a copied disk. */
    DEVICE_DIFFERS,
    /** A health check is red. */
    HEALTH_RED,
    /** A bundle that adds to the status could not. */
    SOURCE_FAILED,
    /** A certificate has ended. */
    CERTIFICATE_ENDED,
    /** A certificate ends within thirty days. */
    CERTIFICATE_ENDS_SOON,
    /** Metadata that vouched for what runs has expired and nobody has renewed it. */
    METADATA_EXPIRED,
    /** The publisher of what runs brings updates for at most ninety days more. */
    SUPPORT_ENDS_SOON,
    /** The publisher of what runs brings no more updates. */
    SUPPORT_ENDED,
    /** What the unit keeps about itself cannot be read. */
    STATE_UNREADABLE,
    /** A bundle did not start with the gateway. */
    BUNDLE_NOT_STARTED,
    /** The status could not be signed with the device key. */
    STATUS_UNSIGNED,
    /** The number of the status could not be kept. */
    STATUS_UNNUMBERED;

    // The locale of the machine must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle(
                        "io.sekimori.status.refusals", locale, StatusCode.class.getClassLoader(), NO_FALLBACK)
                .getString(name());
    }
}
