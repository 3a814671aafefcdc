package io.sekimori.cli;

import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditVerification;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Where an audit is read: a unit's disk, or a console. Confined to one thread. */
public interface AuditSource {

    /** What can be looked for, as {@code /v1/audit} calls it. */
    List<String> WORDS = List.of("actor", "action", "subject", "reason", "verdict");

    /**
     * Some records in order.
     *
     * @param records those that match, perhaps none
     * @param next the sequence number to go on from; empty if nothing follows
     */
    record Part(List<AuditRecord> records, OptionalLong next) {}

    /**
     * Reads on from a record.
     *
     * @param from the first sequence number, 1 or more
     * @param limit at most this many, 1 or more; a part may hold fewer though more follow
     * @param wanted what the records must hold, by one of {@link #WORDS}
     */
    Part read(long from, int limit, Map<String, String> wanted) throws IOException, Failure;

    /** Checks the whole chain. */
    AuditVerification verify() throws IOException, Failure;
}
