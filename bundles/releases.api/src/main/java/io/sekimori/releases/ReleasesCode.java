package io.sekimori.releases;

import java.util.Locale;
import java.util.ResourceBundle;

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
    NOT_RUNNING,
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
    /** There are so many approvals of one content that gateways would not read more. */
    APPROVALS_TOO_MANY,
    /** The audit did not record it, so it was not done. */
    AUDIT_UNAVAILABLE;

    /** What a person can do about it. */
    public String advice(Locale locale) {
        return ResourceBundle.getBundle("io.sekimori.releases.refusals", locale, ReleasesCode.class.getClassLoader())
                .getString(name());
    }
}
