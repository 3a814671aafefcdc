package io.sekimori.audit.chain;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.AuditRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * One line of the chain: a JSON object with its members in a fixed order, so that each entry has exactly one form.
 * The hash is SHA-256 over the bytes of the line in front of the member {@code hash}, which include the hash of the
 * line before.
 *
 * @param sequence its number, from 1
 * @param batch the number of the first line that was written together with it: of a batch, only the last can be torn
 * @param at when it was taken, to the millisecond
 * @param entry what is recorded
 * @param previous hash of the line before, 64 hex digits
 * @param hash its own hash, 64 hex digits
 */
record ChainLine(long sequence, long batch, Instant at, AuditEntry entry, String previous, String hash) {

    /** No line is longer, in bytes: a full entry, each character escaped, stays below. */
    static final int MAX_BYTES = 512 * 1024;

    static final String HASH_MEMBER = ",\"hash\":\"";

    AuditRecord toRecord() {
        return new AuditRecord(new AuditReceipt(sequence, at, hash), entry);
    }

    /** The part of a line that does not depend on its place, so that callers encode it outside of the writer. */
    static byte[] body(AuditEntry entry) {
        StringBuilder text = new StringBuilder(256);
        member(text, ",\"actor\":", entry.actor());
        member(text, ",\"action\":", entry.action());
        member(text, ",\"subject\":", entry.subject());
        member(text, ",\"verdict\":", entry.verdict().name());
        member(text, ",\"reason\":", entry.reason());
        text.append(",\"detail\":{");
        String separator = "";
        for (var fact : new TreeMap<>(entry.detail()).entrySet()) {
            text.append(separator);
            JsonText.quote(text, fact.getKey());
            member(text, ":", fact.getValue());
            separator = ",";
        }
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Appends the line that puts {@code body} behind {@code tail}, with its line feed, to {@code out}.
     *
     * @return the tail that it makes
     */
    static Tail write(ByteArrayOutputStream out, Tail tail, long batch, Instant at, byte[] body) {
        long sequence = tail.sequence() + 1;
        String head = "{\"seq\":" + sequence + ",\"batch\":" + batch + ",\"at\":\"" + at + "\"";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] link = (",\"prev\":\"" + tail.hash() + "\"").getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = sha256();
        digest.update(start);
        digest.update(body);
        digest.update(link);
        String hash = HexFormat.of().formatHex(digest.digest());
        out.writeBytes(start);
        out.writeBytes(body);
        out.writeBytes(link);
        out.writeBytes((HASH_MEMBER + hash + "\"}\n").getBytes(StandardCharsets.US_ASCII));
        return new Tail(sequence, hash, at);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void member(StringBuilder text, String name, String value) {
        JsonText.quote(text.append(name), value);
    }
}
