package io.sekimori.releases;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Why an import or an assignment was refused, where the trust library does not say it itself. Stable: add, never rename.
 * Advice for people is in {@code refusals.properties} beside this class.
 */
public enum ReleasesCode {
    /** The first root of a repository was not put beside the console. */
    ANCHOR_MISSING,
    /** The first root beside the console is another than the records begin with. */
    ANCHOR_DIFFERS,
    /** The root names no key, or too few keys, that this console has for the role. */
    ONLINE_KEYS_MISSING,
    /** A key of the console has a name that keys cannot have. */
    KEY_NAME,
    /** There are no keys of that type. */
    KEY_TYPE,
    /** The console has a key of that name; none is ever replaced. */
    KEY_EXISTS,
    /** The console has no key of that name. */
    KEY_UNKNOWN,
    /** Without that key the console has too few of those that the newest root names for a role. */
    KEY_NEEDED,
    /** The console's keys or records cannot be used now. */
    KEYS_UNUSABLE,
    /** What was brought is longer than allowed. */
    TOO_LONG,
    /** A file does not have the digest it was announced with. */
    FILE_DIGEST,
    /** A file that the metadata names is not here, or is damaged. */
    FILE_MISSING,
    /** The gateway has sent no report that an assignment could be composed of. */
    NOTHING_REPORTED,
    /** The report is not one that can be read. */
    REPORT_MALFORMED,
    /** The order names another device or model than the report. */
    REPORT_OTHER_DEVICE,
    /** What the gateway reports is not what the publisher released under that name and version. */
    REPORT_DIFFERS,
    /** A bundle that is to be removed does not run there. */
    BUNDLE_NOT_RUNNING,
    /** A change is of a wrong form. */
    CHANGE_MALFORMED,
    /** The assignment would have no update engine, so that nothing could ever confirm it. */
    ENGINE_MISSING,
    /** An approval is of nothing that its gateways are assigned. */
    APPROVAL_OF_OTHER,
    /** An approval is over, or is dated ahead. */
    APPROVAL_NOT_NOW,
    /** An approval cannot be read here, or its signature is not right. */
    APPROVAL_UNVERIFIED,
    /** An approval or a withdrawal is longer than any that people sign, or has more signatures. */
    APPROVAL_TOO_LONG,
    /** One person has handed in so many approvals of one content that no more of theirs are kept. */
    APPROVALS_TOO_MANY,
    /** What gateways are assigned, with what people signed of it, is too long to be told at once. */
    CONTENTS_TOO_LONG,
    /** The audit did not record it, so it was not done. */
    AUDIT_UNAVAILABLE;

    // The locale of the machine must not decide: what was asked for, else English.
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle(
                        "io.sekimori.releases.refusals", locale, ReleasesCode.class.getClassLoader(), NO_FALLBACK)
                .getString(name());
    }
}
