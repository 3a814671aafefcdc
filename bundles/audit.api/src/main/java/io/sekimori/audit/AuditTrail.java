package io.sekimori.audit;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads and checks what {@link AuditLog} recorded. Thread-safe; never changes a byte of the audit. */
@ProviderType
public interface AuditTrail {

    /**
     * Answers records in order.
     *
     * @param fromSequence the first sequence number wanted, 1 or more
     * @param limit at most this many records, 1 to 10,000
     * @return the records found, empty behind the end
     * @throws AuditException if the audit cannot be read
     */
    List<AuditRecord> read(long fromSequence, int limit) throws AuditException;

    /** Checks the whole audit from its first record to its last, never throws for a broken one. */
    AuditVerification verify();
}
