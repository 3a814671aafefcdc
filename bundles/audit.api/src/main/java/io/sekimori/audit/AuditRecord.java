package io.sekimori.audit;

/**
 * An entry together with its place in the audit.
 *
 * @param receipt where it stands
 * @param entry what was recorded
 */
public record AuditRecord(AuditReceipt receipt, AuditEntry entry) {

    /** @throws NullPointerException if a part is null */
    public AuditRecord {
        Bounds.present("receipt", receipt);
        Bounds.present("entry", entry);
    }
}
