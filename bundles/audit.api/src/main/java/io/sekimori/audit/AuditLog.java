package io.sekimori.audit;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes entries into the audit. An action that must be audited appends its entry first and acts only when
 * {@link #append} has returned: a checked exception, so that "not recorded" cannot be overlooked. Reverting
 * and falling back are the exception: they act first and record afterwards.
 *
 * <p>Thread-safe. A call in flight when its provider is replaced is still recorded, and so is a call made
 * just after; entries of the old and the new provider form one chain.
 */
@ProviderType
public interface AuditLog {

    /**
     * Records {@code entry} durably: when this returns, a power cut no longer loses it. Waits for the disk,
     * and a bounded time for room in the queue. Not affected by the interruption of the calling thread.
     *
     * @return the place of the entry in the audit
     * @throws AuditException if the entry could not be recorded for certain; the action must then be refused
     */
    AuditReceipt append(AuditEntry entry) throws AuditException;
}
