package io.sekimori.audit.chain;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import java.util.List;

/** Makes a batch durable. */
interface BatchWriter {

    /**
     * Writes {@code bodies} in order, all or none.
     *
     * @param bodies made by {@link ChainLine#body}
     * @return a receipt for each
     */
    List<AuditReceipt> write(List<byte[]> bodies) throws AuditException;
}
