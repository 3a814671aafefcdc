package io.sekimori.audit;

/** What checking the whole audit found: a value to be matched and shown. */
public sealed interface AuditVerification {

    /**
     * Every record is whole, in order, and linked to the one before.
     *
     * @param firstSequence the oldest record kept; 0 if there is none
     * @param lastSequence the newest record; 0 if there is none
     * @param lastHash hash of the newest record, 64 hex digits; compare it with a copy kept elsewhere, since
     *     records cut off cleanly at the end leave a chain that is whole; empty if there is no record
     * @param records how many were checked
     * @param unfinishedBytes bytes behind the last record that a power cut left and no writer has set aside yet
     */
    record Intact(long firstSequence, long lastSequence, String lastHash, long records, long unfinishedBytes)
            implements AuditVerification {}

    /**
     * The audit is not what was recorded, or cannot be read.
     *
     * @param code which rule is broken
     * @param file the name of the file, without its folder; empty if the folder itself is the matter
     * @param line the line in it, from 1; 0 if no line is the matter
     * @param lastGoodSequence the newest record before the break that is certain; 0 if there is none
     * @param detail what was found, safe to show
     */
    record Broken(AuditCode code, String file, long line, long lastGoodSequence, String detail)
            implements AuditVerification {}
}
