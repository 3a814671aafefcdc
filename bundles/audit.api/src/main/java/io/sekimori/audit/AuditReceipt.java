package io.sekimori.audit;

import java.time.Instant;

/**
 * The place of one recorded entry.
 *
 * @param sequence the number of the record, from 1 without a hole
 * @param at when the audit took it, by the gateway's clock, never before the record in front of it
 * @param hash SHA-256 of the record and, through it, of all records before: 64 lower-case hex digits
 */
public record AuditReceipt(long sequence, Instant at, String hash) {

    /** @throws IllegalArgumentException if a part is malformed */
    public AuditReceipt {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must be 1 or more");
        }
        Bounds.present("at", at);
        Bounds.matches("hash", hash, "[0-9a-f]{64}", 64);
    }
}
