package io.sekimori.audit;

import java.util.Map;

/**
 * What one action leaves in the audit. Never put a secret into it: it is shown and exported.
 *
 * @param actor who asked, e.g. {@code local:root} or {@code io.sekimori.update.engine}: 1 to 200 characters
 * @param action what was asked, lower-case words joined by dots, e.g. {@code config.change}: 1 to 100 characters
 * @param subject on what, e.g. a PID or a generation: 1 to 500 characters
 * @param verdict how it was answered
 * @param reason the stable reason code, {@code A-Z 0-9 _}, at most 100 characters; empty if there is none
 * @param detail further facts, at most 32, keys at most 100 and values at most 2,000 characters
 */
public record AuditEntry(
        String actor, String action, String subject, Verdict verdict, String reason, Map<String, String> detail) {

    /** How an action was answered. Stable names: add, never rename. */
    public enum Verdict {
        /** It was permitted and is about to be done; a {@link #FAILED} follows if it could not be. */
        ALLOWED,
        /** It was refused; nothing was changed. */
        REFUSED,
        /** It was done. */
        DONE,
        /** It was tried and did not succeed. */
        FAILED
    }

    /** The most facts that {@link #detail} may hold. */
    public static final int MAX_DETAILS = 32;

    /**
     * @throws IllegalArgumentException if a part is missing, too long, malformed, or not well-formed Unicode
     * @throws NullPointerException if a part is null
     */
    public AuditEntry {
        detail = Map.copyOf(detail);
        Bounds.text("actor", actor, 1, 200);
        Bounds.matches("action", action, "[a-z0-9]+([.-][a-z0-9]+)*", 100);
        Bounds.text("subject", subject, 1, 500);
        Bounds.present("verdict", verdict);
        Bounds.matches("reason", reason, "[A-Z0-9_]*", 100);
        if (detail.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("detail has more than " + MAX_DETAILS + " facts");
        }
        detail.forEach((key, value) -> {
            Bounds.text("detail key", key, 1, 100);
            Bounds.text("detail value", value, 0, 2_000);
        });
    }

    /** An entry without a reason code and without further facts. */
    public static AuditEntry of(String actor, String action, String subject, Verdict verdict) {
        return new AuditEntry(actor, action, subject, verdict, "", Map.of());
    }
}
