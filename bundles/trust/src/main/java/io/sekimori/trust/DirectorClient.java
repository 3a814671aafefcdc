package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The client of the director: the TUF workflow over root and targets alone, whose targets are one unit's assignment.
 * Confined to one thread.
 */
final class DirectorClient {

    private final TrustedFiles trusted;
    private final Fetch fetch;
    private final Instant now;

    DirectorClient(TrustedFiles trusted, MetadataSource source, Instant now) {
        this.trusted = trusted;
        this.fetch = new Fetch(Repository.DIRECTOR, source);
        this.now = now; // 5.1
    }

    /** What is assigned, and the metadata that says so, by file name; {@code now} is the time to judge expiry by. Not kept yet: see {@link #accept}. */
    record Directed(Assignment assignment, Map<String, byte[]> vouching, Instant now) {}

    Directed refresh(byte[] anchor) throws IOException {
        RootChain roots = RootChain.load(Repository.DIRECTOR, anchor, trusted, TrustCode.STATE_ROOT_BROKEN);
        RootMetadata root = roots.update(fetch, now); // 5.3
        byte[] bytes = fetch.required(TargetsMetadata.FILE, Document.ASSIGNMENT);
        TargetsMetadata targets = TargetsMetadata.assignment(bytes, root);
        Optional<TargetsMetadata> before = trusted(root);
        if (before.isPresent()) {
            requireNotBefore(targets, before.get());
        }
        Assignment assignment = AssignmentJson.read(targets);
        Instant then = notBeforeSigned(assignment, before);
        root.header().requireFresh(then);
        targets.header().requireFresh(then);
        Map<String, byte[]> vouching = new HashMap<>(roots.followed());
        vouching.put(TargetsMetadata.FILE, bytes);
        return new Directed(assignment, Map.copyOf(vouching), then);
    }

    // A gateway without a battery for its clock wakes in the past, where everything old is fresh: it is at least as
    // late as what its director signed.
    private Instant notBeforeSigned(Assignment assignment, Optional<TargetsMetadata> before) throws TrustException {
        Instant latest = now.isBefore(assignment.issued()) ? assignment.issued() : now;
        Instant accepted =
                before.isPresent() ? AssignmentJson.read(before.get()).issued() : Instant.MIN;
        return latest.isBefore(accepted) ? accepted : latest;
    }

    /** Keeps the assignment, so that nothing older is accepted from now on; for when all other rules held, too. */
    void accept(Directed directed) throws IOException {
        trusted.save(TargetsMetadata.FILE, directed.vouching().get(TargetsMetadata.FILE));
    }

    private static void requireNotBefore(TargetsMetadata targets, TargetsMetadata before) throws TrustException {
        long version = targets.header().version();
        long accepted = before.header().version();
        if (version < accepted) {
            throw new TrustException(
                    TrustCode.ASSIGNMENT_ROLLBACK, "assignment " + version + ", accepted before was " + accepted);
        }
        // The same bytes again are a retry.
        if (version == accepted
                && !Arrays.equals(targets.envelope().bytes(), before.envelope().bytes())) {
            throw new TrustException(
                    TrustCode.ASSIGNMENT_VERSION_REUSED, "assignment " + version + " was accepted with other bytes");
        }
    }

    // What a power cut tore, or keys signed that were taken away, is as good as absent.
    private Optional<TargetsMetadata> trusted(RootMetadata root) throws IOException {
        Optional<byte[]> local = trusted.load(TargetsMetadata.FILE, Document.ASSIGNMENT.maxBytes);
        try {
            return local.isPresent() ? Optional.of(TargetsMetadata.assignment(local.get(), root)) : Optional.empty();
        } catch (TrustException e) {
            return Optional.empty();
        }
    }
}
