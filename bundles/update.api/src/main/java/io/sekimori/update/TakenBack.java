package io.sekimori.update;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What people took back of what they approved, as this gateway remembers it, whether or not anything waits. Nobody has to be
 * believed who brings it: a statement counts if the key of an approver signed it. Thread-safe.
 */
@ProviderType
public interface TakenBack {

    /**
     * One key's word on one content.
     *
     * @param group in which the key approves by the policy of today; empty if it is in none any more
     * @param keyId of the key; the digest of the key where it is in no group
     * @param content SHA-256 of the content, 64 lower-case hex digits; empty for all contents
     * @param until approvals of it by that key do not count that were signed at this time or before
     */
    record Remembered(String group, String keyId, String content, Instant until) {}

    /**
     * Remembers what was taken back in a file of approvals, on the disk when this returns. The rest of it is passed over.
     *
     * @param approvals as {@code approvals.json}, which need hold nothing but withdrawals
     * @return false if an update is under way, which is judged by what is remembered: bring it again after that
     * @throws UpdateException if the file cannot be read, or nothing can be kept
     */
    boolean hear(byte[] approvals) throws UpdateException;

    /**
     * What is remembered, the latest first; nothing where no approvals are demanded.
     *
     * @throws UpdateException if it cannot be read
     */
    List<Remembered> remembered() throws UpdateException;
}
